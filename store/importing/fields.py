"""The fields that a column can be, and the headers that are known for each.

The headers are those of the exports of HubSpot, Pipedrive and Salesforce and everyday ones in several languages.
They are compared without case, accents, spaces and punctuation, so `Close Date`, `close_date` and `closedate` are one.
"""

from __future__ import annotations

from typing import Final

from store.importing.fields_elsewhere import HEADERS as ELSEWHERE
from store.importing.words import words_of

FIELDS: Final = (
    "name",
    "amount",
    "currency",
    "stage",
    "pipeline",
    "company",
    "contact",
    "email",
    "phone",
    "close_date",
    "created_on",
    "entered_stage_on",
    "closed_on",
    "last_touch_on",
    "next_step",
    "next_step_on",
    "probability",
    "source",
    "tags",
    "lost_reason",
    "notes",
    "external_id",
    "outcome",
    "lost_note",
    "snoozed_until",
)
"""The fields that `--map` knows. `outcome` is open, won or lost where a file says it beside the stage."""

NAMING_FIELDS: Final = ("name", "company", "external_id")
"""What a deal is called by: the first of these that its row has."""

DATE_FIELDS: Final = frozenset(
    (
        "close_date",
        "created_on",
        "entered_stage_on",
        "closed_on",
        "last_touch_on",
        "next_step_on",
        "snoozed_until",
    )
)

SHARED_FIELDS: Final = frozenset(("closed_on",))
"""Fields that several columns may fill; the first that has a value does (`Won time`, `Lost time`)."""

OWN_FIELDS: Final = (
    "own_probability",
    "created_at",
    "closed_at",
    "visits",
    "touches",
    "tasks",
    "people",
    "pipelines",
)
"""Columns of our own exports beside `FIELDS`: exact instants, and lists as JSON."""

LATER_FIELDS: Final = ("companies",)
"""The same, of exports of later versions only."""

PROPERTY_PREFIX: Final = "property: "
"""Begins the header of a custom property in our own exports."""

_KNOWN: Final = {
    "name": (
        "deal name|deal title|opportunity name|opportunity title|name|title|deal|opportunity|opp name|"
        "subject|project name|project|job|job name|topic|bezeichnung|titel|geschaft|projekt|auftrag|"
        "vorgang|nom de la transaction|nom de l affaire|nom|titre|affaire|transaction|nombre del negocio|"
        "nombre de la oportunidad|nombre|titulo|negocio|oportunidad|nome do negocio|nome da negociacao|"
        "nome|negociacao|oportunidade|nome trattativa|titolo|trattativa|opportunita|dealnaam|naam|onderwerp"
    ),
    "amount": (
        "amount|value|close value|contract value|total contract value|total value|deal size|sum|total|"
        "total amount|net amount|estimated value|expected value|expected revenue|potential value|budget|"
        "price|quote|quote amount|revenue|acv|tcv|betrag|wert|summe|gesamtbetrag|auftragswert|"
        "auftragsvolumen|volumen|umsatz|erwarteter umsatz|preis|angebotssumme|montant|valeur|montant ht|"
        "importe|monto|cantidad|valor|valor total|montante|importo|valore|bedrag|waarde|omzet|"
        "amount in company currency|prix|precio|preco|prezzo|prijs"
    ),
    "currency": (
        "currency|currency code|currency of value|amount currency|currency iso code|iso currency|wahrung|"
        "waehrung|devise|moneda|divisa|moeda|valuta"
    ),
    "stage": (
        "stage|stage pipeline|pipeline stage|sales stage|stage name|phase|sales phase|step|column|list|"
        "list name|stufe|verkaufsphase|vertriebsphase|dealphase|etape|phase de la transaction|"
        "etape de la transaction|etapa|etapa del negocio|etapa do negocio|etapa do funil|fase|"
        "fase del negocio|fase trattativa|stadium|status|stage status"
    ),
    "pipeline": (
        "pipeline|pipeline name|sales pipeline|deal pipeline name|funnel|sales process|vertriebspipeline|"
        "embudo|funil"
    ),
    "company": (
        "company|company name|account|account name|organization|organisation|organization name|"
        "organisation name|client|client name|customer|customer name|associated company|"
        "associated company names|primary associated company|primary company|business|business name|firm|"
        "buyer|firma|firmenname|unternehmen|kunde|kundenname|entreprise|societe|nom de l entreprise|"
        "empresa|nombre de la empresa|nome da empresa|cliente|azienda|societa|bedrijf|bedrijfsnaam|klant|"
        "klantnaam|organisatie|organizacion|organizacao"
    ),
    "contact": (
        "contact|contact name|contact person|contact full name|person|person name|full name|"
        "associated contact|associated contacts|primary contact|primary contact name|main contact|"
        "key contact|point of contact|decision maker|ansprechpartner|ansprechperson|kontakt|kontaktperson|"
        "kontaktname|interlocuteur|personne de contact|contacto|persona de contacto|contato|"
        "pessoa de contato|contatto|referente|contactpersoon"
    ),
    "email": (
        "email|mail|email address|mail address|contact email|contact email address|contact mail|"
        "person email|person email work|person email home|person email other|work email|primary email|"
        "email work|emailadresse|mailadresse|courriel|adresse email|adresse mail|correo|correo electronico|"
        "emailadres|indirizzo email"
    ),
    "phone": (
        "phone|phone number|telephone|telephone number|tel|mobile|mobile phone|mobile number|cell|"
        "cell phone|contact phone|contact phone number|person phone|person phone work|person phone mobile|"
        "person phone home|person phone other|work phone|telefon|telefonnummer|handy|mobil|telefono|"
        "telefone|celular|cellulare|numero de telephone|portable|telefoonnummer|telefoon"
    ),
    "close_date": (
        "close date|closing date|expected close date|expected closing date|expected close|expected closing|"
        "expected to close|estimated close date|estimated close|est close date|est close|target close date|"
        "target close|planned close date|forecast close date|forecasted close date|projected close date|"
        "projected close|anticipated close date|close|closing|expected close on|expected on|expected date|"
        "due to close|abschlussdatum|voraussichtliches abschlussdatum|voraussichtlicher abschluss|"
        "erwartetes abschlussdatum|erwarteter abschluss|geplanter abschluss|geplantes abschlussdatum|"
        "abschluss|schlusstermin|date de cloture|date de cloture prevue|cloture prevue|date de fermeture|"
        "date de signature prevue|fecha de cierre|fecha de cierre prevista|fecha de cierre esperada|"
        "fecha prevista de cierre|cierre previsto|data de fechamento|data de fechamento prevista|"
        "data prevista de fechamento|data de fechamento esperada|fechamento previsto|data di chiusura|"
        "data di chiusura prevista|data chiusura|data chiusura prevista|chiusura prevista|sluitingsdatum|"
        "verwachte sluitingsdatum|verwachte sluiting|closing month"
    ),
    "closed_on": (
        "closed on|closed at|closed date|date closed|closed|closed time|close time|deal closed on|won time|"
        "won date|won on|won at|date won|lost time|lost date|lost on|lost at|date lost|closed won date|"
        "closed lost date|actual close date|actual close|actual closing date|date of closing|signed on|"
        "signed date|date signed|signature date|abgeschlossen am|geschlossen am|gewonnen am|verloren am|"
        "unterschrieben am|date de signature|signe le|gagne le|perdu le|cerrado el|fecha de firma|"
        "ganado el|perdido el|fechado em|ganho em|perdido em|chiuso il|vinta il|persa il|gesloten op|"
        "gewonnen op|verloren op"
    ),
    "created_on": (
        "created on|create date|created|created at|created date|date created|creation date|created time|"
        "createdate|deal created|record created|record creation date|add time|added|added on|added at|"
        "date added|added time|opened|opened on|opened at|open date|date opened|engage date|engaged on|"
        "engaged|engagement date|first contact date|first contact on|first seen|lead created|lead date|"
        "inquiry date|entry date|erstellt am|erstellt|erstellungsdatum|erstelldatum|angelegt am|angelegt|"
        "anlagedatum|erfasst am|date de creation|cree le|ajoute le|fecha de creacion|creado el|"
        "fecha de alta|data de criacao|criado em|data di creazione|creato il|aangemaakt op|aanmaakdatum|"
        "aangemaakt"
    ),
    "entered_stage_on": (
        "entered stage on|entered stage|stage entered|stage entered on|stage entry date|date entered stage|"
        "date entered current stage|entered current stage|entered stage at|stage since|in stage since|"
        "current stage since|last stage change|last stage change date|stage change date|stage change time|"
        "stage changed|stage changed on|stage changed at|stage last changed|date of last stage change|"
        "latest stage change|stage date|stage updated|in phase seit|phase seit|in stufe seit|stufe seit|"
        "letzter phasenwechsel|letzte phasenanderung"
    ),
    "last_touch_on": (
        "last touch on|last touch|last touched|last touched on|last touch date|last touchpoint|"
        "last activity|last activity date|last activity on|last activity time|last activity at|"
        "last contacted|last contacted on|last contact|last contact date|last contact on|"
        "last contacted date|last engagement|last engagement date|last interaction|last interaction date|"
        "last meaningful activity date|last communication|last spoke|last spoke on|letzter kontakt|"
        "letzte aktivitat|letzter kontakt am|letzte aktivitat am|datum der letzten aktivitat|"
        "derniere activite|date de derniere activite|dernier contact|ultima actividad|"
        "fecha de la ultima actividad|ultimo contacto|ultima atividade|data da ultima atividade|"
        "ultimo contato|ultima attivita|data ultima attivita|ultimo contatto|laatste activiteit|"
        "laatste contact"
    ),
    "next_step": (
        "next step|next steps|next action|next task|next activity subject|next activity|todo|task|action|"
        "action item|nachster schritt|nachste aktion|nachste aufgabe|nachste schritte|aufgabe|"
        "prochaine etape|prochaine action|siguiente paso|proximo paso|proxima accion|proxima etapa|"
        "proximo passo|proxima acao|prossimo passo|prossima azione|volgende stap|volgende actie"
    ),
    "next_step_on": (
        "next step on|next step date|next step due|next step due date|next step by|next activity date|"
        "next activity on|next activity time|next action date|next action due|next action on|"
        "next action by|next task date|next task due|next contact|next contact date|next contact on|"
        "next touch|next touch on|next meeting|next follow up|follow up|follow up date|follow up on|"
        "followup due|due|due date|due on|wiedervorlage|wiedervorlage am|nachster schritt am|"
        "nachste aktivitat|nachste aktivitat am|nachster kontakt|fallig am|date de relance|relance|"
        "prochaine activite|proxima actividad|proxima atividade|prossima attivita|volgende activiteit"
    ),
    "probability": (
        "probability|win probability|win chance|chance|chances|likelihood|win likelihood|"
        "likelihood to close|confidence|close probability|probability percent|probability to close|"
        "forecast probability|wahrscheinlichkeit|abschlusswahrscheinlichkeit|probabilite|probabilidad|"
        "probabilidade|probabilita|waarschijnlijkheid|kans"
    ),
    "source": (
        "source|lead source|original source|original source type|original traffic source|lead origin|"
        "origin|source channel|source origin|lead channel|channel|acquisition channel|referral source|"
        "quelle|leadquelle|herkunft|origine|source du lead|fuente|origen|fuente del lead|fonte|origem|"
        "fonte do lead|bron|herkomst"
    ),
    "tags": "tags|tag|labels|label|keywords|schlagworte|etiketten|etiquettes|etiquetas|etichette",
    "lost_reason": (
        "lost reason|loss reason|closed lost reason|reason lost|reason for loss|reason for losing|"
        "lost because|why lost|lost reasons|verlustgrund|grund|grund fur verlust|ablehnungsgrund|"
        "absagegrund|motif de perte|raison de la perte|raison de perte|motivo de perdida|razon de perdida|"
        "motivo da perda|razao da perda|motivo perdita|motivo della perdita|reden verlies|verliesreden|"
        "reden van verlies|reason"
    ),
    "notes": (
        "notes|note|comments|comment|description|details|remarks|remark|memo|notizen|notiz|bemerkung|"
        "bemerkungen|kommentar|kommentare|beschreibung|anmerkungen|commentaire|commentaires|notas|nota|"
        "observaciones|comentarios|descripcion|observacoes|descricao|descrizione|note interne|opmerkingen|"
        "opmerking|notities|omschrijving"
    ),
    "external_id": (
        "external id|record id|record id deal|deal record id|deal id|opportunity id|opp id|id|"
        "pipedrive system id|hubspot id|salesforce id|crm id|hs object id|object id|uuid|guid|case safe id|"
        "lead id"
    ),
    "outcome": (
        "outcome|status|result|won lost|ergebnis|resultat|resultado|risultato|resultaat|statut|estado|stato"
    ),
    "lost_note": (
        "lost note|loss note|lost comment|lost details|closed lost note|closed lost notes|closed lost details"
    ),
    "snoozed_until": "snoozed until|snooze until|snoozed",
}

ENTITIES: Final = ("deal", "opportunity", "crm", "lead")
"""What an export may put before a header (`Deal - Title`, `Opportunity: Stage`) without changing its meaning."""


def glued(header: str) -> str:
    """A header of `_KNOWN` as it is compared: without the spaces."""
    return header.replace(" ", "")


def known_headers() -> dict[str, tuple[tuple[str, int], ...]]:
    """Glued header → the fields it can be, each with its rank among the headers of that field (0 is the surest)."""
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for field, headers in _KNOWN.items():
        abroad = (words_of(header) for header in ELSEWHERE.get(field, "").split("|"))
        for rank, header in enumerate(filter(None, (*headers.split("|"), *abroad))):
            found[glued(header)] = (*found.get(glued(header), ()), (field, rank))
    return found
