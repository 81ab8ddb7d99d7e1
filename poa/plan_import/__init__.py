"""A workbook in the annex's layout, or the program's own template, → a plan and its execution."""
