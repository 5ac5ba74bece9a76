"""What the words before a number say that it is: a reference to leave alone, or a way to call somebody."""

import re

_REACH = 32  # characters; as far as a label stands from its number

_NAMES = (
    r"orders?|ticket|case|cases|invoice|ref|reference|tracking|shipment|parcel|package|booking"
    r"|reservation"
    r"|confirmation|transaction|txn|request|incident|issue|serial|sku|article|item|product|model|part"
    r"|batch|lot|version|build"
    r"|release|contract|policy|claim|po|customer|client|member|account|routing|error|vat|siret|eori|sn|imei|isbn|ean|upc|gtin|barcode|asin|vin|hash|commit"
    r"|session|job|timestamp|epoch|coupon|voucher|licen[cs]e key|meter|receipt|order_id"
    r"|bestell\w*|auftrag\w*|rechnung\w*|kunden\w*|vorgang\w*|sendung\w*|artikel\w*|vertrag\w*|serien\w*"
    r"|buchung\w*"
    r"|commande|facture|dossier|colis|suivi|reservation|contrat|article|serie"
    r"|pedido|factura|encomenda|fatura|reserva|envio|seguimiento|contrato|articulo|artigo|rastreio"
    r"|ordine|fattura|spedizione|prenotazione|contratto|articolo|bestelling|factuur|zamowieni\w*"
)
_MORE = (
    r"(?:[ \t]?(?:no|nr|num|number|numbers|nummer|numero|id|code|is|was|ist|lautet|est|es|de|di|da|del|do"
    r"|commande"
    r"|pedido|ordine|of|for|with|the|my|suivi|colis|facture|cliente?|serie|serial|key|reference)\b"
    r"|[ \t#:.=°º\"'()-]|n[°º])*"
)
_NAMED = re.compile(rf"\b(?:{_NAMES})\b{_MORE}$", re.IGNORECASE)
_REFERENCE = re.compile(rf"(?:\b(?:{_NAMES}|id)\b{_MORE}|#)$", re.IGNORECASE)
# As folded text has them: without accents. Rather stems than words where a language inflects.
_WAYS_TO_CALL = (
    r"phone|tel|telephone|fon|cel|tf|mobile|mob|cell|cellphone|call|calling|called|ring|dial|text|sms|whatsapp|fax"
    r"|reach|contact|desk"
    r"|landline|hotline|callback|reached|my number|number is|ph|answering"
    r"|telefon\w*|kontakt|handy\w*|mobil\w*|ruf\w*|anruf\w*|ruckruf\w*|erreich\w*|festnetz\w*|durchwahl|nummer ist"
    r"|meine nummer|der nummer"
    r"|portable|appel\w*|rappel\w*|joindre|joignable|fixe|mon numero"
    r"|movil|celular|llam\w*|telemovel|telemovil|ligar|ligue\w*|contact[ae]\w*|contato|(?:mi|meu|o|il mio) numero"
    r"|telefono|cellulare|chiam\w*|fisso|numero e|telefoon\w*|bel|bellen|mijn nummer|telefone|komork\w*"
    r"|dzwon\w*|zadzwon\w*|moj numer|zavol\w*|volejte|(?:moje|me) cislo|suna\w*|apel\w*|numarul meu|hiv\w*"
    r"|szamo[mn]|ringe?|ringa|tlf|(?:mitt?|mit) nummer|puh|puhelin\w*|soit\w*|numeroni|numeroon"
    r"|arayin\w*|cep|telepon|hubungi|hp"
    r"|nomor saya|goi|dien thoai|sdt|telefonszam\w*"
)
# In scripts without spaces no word has edges; Cyrillic ones have, and inflect.
_FOREIGN_WAYS = (
    r"\b(?:тел\b|телефон\w*|звон\w*|позвон\w*|набер\w*|мобильн\w*|номер\w*|зателефон\w*|дзвон\w*)"
    r"|電話|携帯|連絡先|番号|电话|電話|手机|手機|联系|聯絡|致电|전화|연락|휴대|번호|هاتف|جوال|موبايل|اتصل|رقمي"
    r"|फोन|फ़ोन|मोबाइल|नंबर|कॉल"
)
# These speak of calling only where the number is one by its country's plan.
_PERHAPS = (
    r"(?:our|his|her|new|old|this|the|neue|nouveau|nuevo|novo|nuovo) (?:number|nummer|numero)"
    r"|message|ruckfragen|sim|line"
)
_CALL = re.compile(rf"(?:\b(?:{_WAYS_TO_CALL}|{_PERHAPS})\b|{_FOREIGN_WAYS}|☎|📞)", re.IGNORECASE)
_LABEL = re.compile(
    rf"(?:(?:\b(?:{_WAYS_TO_CALL})\b|{_FOREIGN_WAYS})"
    r"(?:[ \t]?(?:me|us|him|her|back|on|at|no|nr|number|nummer|numero|is|ist|est"
    r"|es|e|the|el|le|to|je|ar|er"
    r"|unter|au|al|a|auf|mich|uns|mir)\b|\s|[#:.=°º\"'()-]|n[°º]|：|は|是|号|番号|번호)*|☎\s*|📞\s*)$",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:about|regarding|concerning|re|wegen|bezuglich|sobre|acerca|concernant|riguardo)\b", re.IGNORECASE
)
_LABEL_AFTER = re.compile(
    r"[ \t]?[-(]?[ \t]?(?:office|fax|mobile|cell|home|work|desk|phone|handy|mobil)\b", re.IGNORECASE
)
_VERSION = re.compile(
    r"\b(?:v|ver|version|versione|versao|release|build|firmware|update|section|chapter)[ .:]{0,3}$", re.I
)

_SINGLE_DIGITS = re.compile(r"\d(?:\.\d){3}")
_MACHINE = re.compile(r"\b(?:ip|ipv4|address|adresse|host|server|dns|gateway|ping|from)\b", re.IGNORECASE)


def is_reference(text: str, at: int, *, named: bool = False) -> bool:
    """Whether the number that starts there is an order's, a ticket's or a parcel's.

    `named`: only if a word says so. "ID" and "#" stand before a person's numbers as well.
    """
    return bool((_NAMED if named else _REFERENCE).search(text[max(0, at - _REACH) : at]))


def is_call(text: str, at: int) -> bool:
    """Whether the words before the number that starts there speak of calling, and not of calling about it."""
    before = text[max(0, at - _REACH) : at]
    called = _CALL.search(before)
    return bool(called and not _TOPIC.search(before, called.end()))


def is_labelled(text: str, start: int, end: int) -> bool:
    """Whether the number start:end is called a phone number by the words beside it."""
    before = _LABEL.search(text[max(0, start - _REACH) : start])
    return bool(before or _LABEL_AFTER.match(text, end))


def is_version(text: str, at: int, written: str) -> bool:
    """Whether what starts there is a version's number, as 2.0.0.1 is unless it is called an address."""
    before = text[max(0, at - _REACH) : at]
    called = _MACHINE.search(before)
    return bool(_VERSION.search(before) or (_SINGLE_DIGITS.fullmatch(written) and not called))
