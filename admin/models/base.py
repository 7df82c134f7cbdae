"""What all of admin's tables share."""

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from web import db


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=db.NAMES)
    type_annotation_map = db.TYPES
