"""Official documents: one content model, a Word renderer and a PDF renderer. No Django."""
