"""The reads: plain SQL over the standard `sqlite3`, one function per question, rows straight into views.

Each takes the connection first. A question may take several statements, so that whoever asks holds a transaction
around it (`store.reading` does). Nothing is imported here: who asks for the board does not load the reports.
"""
