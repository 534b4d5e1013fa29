"""What the formats of Zendesk have in common: channels, and how tickets and requesters are pointed at."""

from __future__ import annotations

from desireline.sources.formats.model import Record
from desireline.sources.formats.reading import present, text_at

_CHANNELS = {
    "email": "email",
    "web": "web",
    "web_form": "web",
    "web_widget": "web",
    "help_center": "web",
    "helpcenter": "web",
    "forum": "web",
    "chat": "chat",
    "chat_transcript": "chat",
    "chat_offline_message": "chat",
    "messaging": "chat",
    "native_messaging": "chat",
    "whatsapp": "chat",
    "line": "chat",
    "telegram": "chat",
    "voice": "phone",
    "phone": "phone",
    "sms": "sms",
    "mobile": "app",
    "mobile_sdk": "app",
    "twitter": "social",
    "twitter_dm": "social",
    "facebook": "social",
    "facebook_post": "social",
    "facebook_message": "social",
    "instagram_dm": "social",
}


def channel_of(record: Record) -> str:
    """The channel a ticket or comment came through; ``crm`` where Zendesk itself or a program made it."""
    return _CHANNELS.get((text_at(record, "via.channel") or "").lower(), "crm")


def unknown_channel(record: Record) -> str | None:
    """Zendesk's own word for the channel, where it is none of ours."""
    return text_at(record, "via.channel") if channel_of(record) == "crm" else None


def pointers(
    ticket_id: str, *, requester: str | None = None, email: str | None = None, phone: str | None = None
) -> dict[str, str]:
    """Identifiers: the requester's number in Zendesk, and the ticket, which belongs to one customer."""
    return present(zendesk_user=requester, email=email, phone=phone, order=f"zendesk:{ticket_id}")
