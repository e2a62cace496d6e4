"""What contributors bring before it is a reading: a Zotero export, answers to questions, a form.

Everything here turns text into values and says what it could not understand. Nothing prints, asks
or fetches; the one module that writes is `folders`, and it writes a whole folder or nothing.
"""
