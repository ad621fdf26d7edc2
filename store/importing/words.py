"""The words that files use for won, lost and open."""

from __future__ import annotations

import re
from typing import Final

from store.rules.naming import fold
from store.views import Outcome


def _listed(names: str) -> frozenset[str]:
    return frozenset(names.split("|"))


_WON: Final = _listed(
    "won|closedwon|gewonnen|gagne|gagnee|gagnes|ganado|ganada|ganho|ganha|ganhou|vinto|vinta|wygrane|"
    "wygrana|vunnen|vundet|vyhrano|voitettu|выигран|выиграна|выиграно|赢单|已赢单"
)
_LOST: Final = _listed(
    "lost|closedlost|verloren|perdu|perdue|perdus|perdido|perdida|perso|persa|przegrane|przegrana|"
    "forlorad|tabt|tapt|prohrano|havitty|проигран|проиграна|проиграно|проиграл|провалена|输单|已输单|丢单|已丢单"
)
"""Words that say it wherever they stand in a name ("6 - Closed Won")."""

_WON_NAMES: Final = _listed(
    "win|signed|contract signed|signed contract|agreement signed|deal signed|closed|closed deal|"
    "deal closed|paid|sold|customer|new customer|success|successful|completed|complete|done|converted|"
    "abgeschlossen|unterschrieben|vertrag unterschrieben|verkauft|erfolgreich|signe|contrat signe|conclu|"
    "vendu|firmado|contrato firmado|cerrado|vendido|fechado|assinado|contrato assinado|firmato|"
    "contratto firmato|chiuso|venduto|getekend|verkocht|успешно реализовано|сделка успешна|договор подписан|"
    "продано|成交|已成交|签约|已签约"
)
"""Names that mean won where no other stage does: in some pipelines a signed deal is still to be paid."""

_LOST_NAMES: Final = _listed(
    "loss|rejected|declined|cancelled|canceled|abandoned|dead|disqualified|unqualified|not qualified|"
    "no go|no deal|no sale|dropped|churned|closed no decision|no decision|abgelehnt|abgesagt|abgebrochen|"
    "storniert|nicht qualifiziert|refuse|abandonne|annule|rechazado|cancelado|descartado|abandonado|"
    "recusado|rifiutato|annullato|scartato|afgewezen|geannuleerd|закрыто и не реализовано|не реализовано|отказ|"
    "отменена|отменено|失败|已失败|无效|已取消"
)

_OPEN_NAMES: Final = _listed(
    "open|active|in progress|ongoing|pending|new|working|current|offen|aktiv|in bearbeitung|laufend|"
    "ouvert|ouverte|en cours|abierto|abierta|en curso|en progreso|aberto|aberta|em andamento|aperto|"
    "aperta|in corso|in behandeling|lopend|actief|открыт|открыта|открыто|в работе|активна|进行中|跟进中|未成交"
)

_BETWEEN: Final = re.compile(r"[\W_]+")


def words_of(text: str) -> str:
    """`text` for looking up: lower case, without accents, its words parted by one space each."""
    return _BETWEEN.sub(" ", fold(text)).strip()


def outcome_named(text: str) -> Outcome | None:
    """The outcome that `text` plainly says ("Closed Won", "Verloren", "Rejected"); `None` when it says none."""
    words = words_of(text)
    found = set(words.split())
    if found & _LOST or words in _LOST_NAMES:
        return Outcome.LOST
    return Outcome.WON if found & _WON else None


def may_mean_won(text: str) -> bool:
    """Whether `text` is a name for won in a pipeline in which no stage says so plainly ("Signed", "Paid")."""
    return words_of(text) in _WON_NAMES


def status_outcome(text: str) -> Outcome | None:
    """The outcome that a value of a status column says: open, won or lost in one of several languages."""
    words = words_of(text)
    if words in _OPEN_NAMES:
        return Outcome.OPEN
    return Outcome.WON if words == "win" else outcome_named(text)
