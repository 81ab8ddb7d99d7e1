from django.apps import AppConfig


class SessionsConfig(AppConfig):
    # Django has an app "sessions" of its own: the label tells them apart, the name is ours.
    name = "sessions"
    label = "cnlctf_sessions"
    verbose_name = "Sesiones y actas"

    def ready(self) -> None:
        from sessions.proposals import agreements, designations, dispatches, register, sentences

        register(sentences.sentences, patterns=sentences.PATTERNS)
        register(dispatches.dispatches, patterns=dispatches.PATTERNS)
        register(designations.designations, patterns=designations.PATTERNS)
        register(agreements.agreements, patterns=agreements.PATTERNS)
