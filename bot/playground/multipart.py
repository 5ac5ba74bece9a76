"""Fields of a multipart form."""

from email.parser import BytesParser
from email.policy import HTTP

from bot.playground.wire import Object, Refusal


def read_multipart(content_type: str, body: bytes) -> Object:
    """Its text fields by name; a part that carries a file is its content as text."""
    parsed = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    if not parsed.is_multipart():
        raise Refusal("invalid_form_data")
    fields: Object = {}
    for part in parsed.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise Refusal("invalid_form_data")
        fields[name] = content.decode(errors="replace")
    return fields
