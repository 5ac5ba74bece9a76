"""The pretend helpdesk, at the wire level of Zendesk."""
