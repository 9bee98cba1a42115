"""Norwegian organisation numbers."""

WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def is_orgnr(digits: str) -> bool:
    """Whether `digits` is nine digits whose last is the right check digit (modulus 11, Brønnøysundregistrene)."""
    if len(digits) != 9 or not (digits.isascii() and digits.isdigit()):
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False)) % 11
    return int(digits[8]) == (11 - rest) % 11
