"""The strict reading of a contract finds what the loose one lets through."""

from tests.contracts import openapi


def test_a_right_update_has_no_violation() -> None:
    body = {"ticket": {"tags": ["a"], "priority": "urgent", "comment": {"body": "x", "public": False}}}
    assert openapi.zendesk().violations("PUT", "/api/v2/tickets/7.json", body) == []


def test_a_misspelt_field_is_found_at_any_depth() -> None:
    contract = openapi.zendesk()
    shallow = contract.violations("PUT", "/api/v2/tickets/7", {"ticket": {"prioritty": "urgent"}})
    deep = contract.violations("PUT", "/api/v2/tickets/7", {"ticket": {"comment": {"pubic": True}}})
    assert len(shallow) == 1 and "prioritty" in shallow[0]
    assert len(deep) == 1 and "pubic" in deep[0]


def test_a_read_only_field_and_a_field_of_another_operation_are_found() -> None:
    contract = openapi.zendesk()
    assert contract.violations("PUT", "/api/v2/tickets/7", {"ticket": {"created_at": "2026-01-01T00:00:00Z"}})
    assert contract.violations("PUT", "/api/v2/tickets/7", {"ticket": {"additional_tags": ["a"]}})
    assert contract.violations("PUT", "/api/v2/tickets/7", {"ticket": {"comment": {"id": 3}}})


def test_wrong_values_are_found() -> None:
    contract = openapi.zendesk()
    for ticket in ({"priority": "P1"}, {"group_id": "7"}, {"updated_stamp": "yesterday"}, {"tags": "a b"}):
        assert len(contract.violations("PUT", "/api/v2/tickets/7", {"ticket": ticket})) == 1, ticket


def test_a_custom_field_is_an_id_with_a_value() -> None:
    contract = openapi.zendesk()
    right = {"ticket": {"custom_fields": [{"id": 1, "value": "x"}]}}
    wrong = {"ticket": {"custom_fields": [{"id": 1, "valeu": "x"}]}}
    assert contract.violations("PUT", "/api/v2/tickets/7", right) == []
    assert contract.violations("PUT", "/api/v2/tickets/7", wrong)


def test_paths_and_queries_are_checked() -> None:
    contract = openapi.zendesk()
    assert contract.violations("GET", "/api/v2/tickets/seven")
    assert contract.violations("GET", "/api/v3/tickets/7") == ["GET /api/v3/tickets/7: no such operation"]
    assert contract.violations("PATCH", "/api/v2/tickets/7")
    assert contract.violations("GET", "/api/v2/tickets/7", query={"colour": "red"})
    assert contract.violations("GET", "/api/v2/tickets/7/audits.json", query={"page": "2"}) == []
    assert contract.violations("GET", "/api/v2/tickets/7", {"a": 1})


def test_a_literal_path_wins_over_a_parameter() -> None:
    assert openapi.zendesk().violations("GET", "/api/v2/groups/count.json") == []


def test_freshdesk_knows_its_own_numbers() -> None:
    contract = openapi.freshdesk()
    assert contract.violations("PUT", "/api/v2/tickets/1", {"priority": 4, "tags": ["a"]}) == []
    assert contract.violations("PUT", "/api/v2/tickets/1", {"priority": 5})
    assert contract.violations("POST", "/api/v2/tickets/1/notes", {"private": True})
    assert contract.violations("GET", "/api/v2/groups", query={"per_page": "1000"})


def test_intercoms_alternatives_are_closed_one_by_one() -> None:
    contract = openapi.intercom()
    note = {"message_type": "note", "type": "admin", "admin_id": "1", "body": "x"}
    for path in ("/conversations/5/reply", "/tickets/5/reply"):
        assert contract.violations("POST", path, note) == []
        assert contract.violations("POST", path, {**note, "bodyy": "x"})
        assert contract.violations("POST", path, {"message_type": "note", "type": "admin", "body": "x"})
    assert contract.violations("POST", "/tickets/5/reply", {**note, "skip_notifications": True}) == []
