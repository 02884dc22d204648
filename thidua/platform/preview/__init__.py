"""Quick views of stored files: pages of a PDF as pictures, Word and Excel as text and tables.

Files come from strangers, so they are opened in a process of its own with little memory and little
time; what it answers is plain text, plain tables and pixels.
"""
