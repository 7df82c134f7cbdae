"""`phieukin bundle`: checks a sealed bundle with nothing but the file."""

import click


@click.group()
def bundle() -> None:
    """Kiểm tra hồ sơ niêm phong của một hội nghị (sealed bundles)."""
