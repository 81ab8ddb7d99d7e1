from members.models.designation import Designation
from members.models.entity import Entity, Membership
from members.models.person import Person
from members.models.user import User
from members.models.validity import Validity, ValidityQuerySet

__all__ = ["Designation", "Entity", "Membership", "Person", "User", "Validity", "ValidityQuerySet"]
