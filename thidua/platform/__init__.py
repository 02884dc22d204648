"""Services that know nothing of emulation: accounts, ledger, files, documents, mail, workbook."""
