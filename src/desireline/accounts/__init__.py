"""Who may do what: people, their roles and rights, how they sign in."""

from desireline.accounts.guards import needs
from desireline.accounts.model import SignedIn, Site
from desireline.accounts.rights import Right, Role, rights_of

__all__ = ["Right", "Role", "SignedIn", "Site", "needs", "rights_of"]
