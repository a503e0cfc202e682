"""What people write for a date, and how this format writes it."""
def meant(text: str) -> list[str]:
    return []
def rewritten(text: str) -> str:
    return text
