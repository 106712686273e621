namespace Actors.Api.Meetings.Wire;

/// <summary>What the routes of meetings are sent and answer, as the OpenAPI document shows it.</summary>
internal static class MeetingExamples
{
    public const string Create = """
        {"name":"Rendez-vous","idempotent_id":"form-1234","create_parameters":{"logoutURL":"https://portal.example.org/form/1234/"},
        "user_full_name":"Ada Lovelace","metadata":{"start":"2026-11-23T10:00:00Z","duration":"30","place":"Mairie","prepare":["RIB"]},
        "not_before":"2026-11-23T09:50:00Z","not_after":"2026-11-23T12:00:00Z"}
        """;

    public const string Meeting = """
        {"err":0,"data":{"guid":"1b4e28ba-2fa1-8d2e-883f-b9a761bde3fb","idempotent_id":"form-1234","name":"Rendez-vous",
        "created":"2026-11-20T08:00:00Z","updated":"2026-11-20T08:00:00Z","running":false,"last_time_running":null,
        "url":"https://actors.example.org/bbb/visio/meeting/1b4e28ba-2fa1-8d2e-883f-b9a761bde3fb/",
        "is_running_url":"https://actors.example.org/bbb/visio/meeting/1b4e28ba-2fa1-8d2e-883f-b9a761bde3fb/is-running/",
        "join_user_url":"https://actors.example.org/bbb/visio/meeting/1b4e28ba-2fa1-8d2e-883f-b9a761bde3fb/join/user/…/",
        "join_agent_url":"https://actors.example.org/bbb/visio/meeting/1b4e28ba-2fa1-8d2e-883f-b9a761bde3fb/join/agent/…/",
        "metadata":{"start":"2026-11-23T10:00:00Z","duration":"30","place":"Mairie","prepare":["RIB"]},
        "bbb_meeting_info":{"meeting_id":"1b4e28ba-2fa1-8d2e-883f-b9a761bde3fb","create_time":1795167600000,"voice_bridge":"70757"}}}
        """;

    public const string Running = """{"err":0,"data":true}""";

    public const string AddLink = """
        {"id":"marie","name":"Marie Dupont","role":"user","use":"single","email":"marie@example.org","invite":true,"locale":"fr",
        "user":"portal-42","not_before":"2026-11-23T09:50:00Z","not_after":"2026-11-23T12:00:00Z"}
        """;

    public const string Link = """{"err":0,"data":""" + OneLink + "}";

    public const string Links = """{"err":0,"data":[""" + OneLink + "]}";

    private const string OneLink = """
        {"id":"marie","role":"user","name":"Marie Dupont","email":"marie@example.org","user":"portal-42","use":"single","locale":"fr",
        "not_before":"2026-11-23T09:50:00Z","not_after":"2026-11-23T12:00:00Z","created":"2026-11-20T08:00:00Z","first_used":null,"joined":0,
        "revoked":null,"invited":"2026-11-20T08:00:00Z",
        "url":"https://actors.example.org/bbb/visio/meeting/1b4e28ba-2fa1-8d2e-883f-b9a761bde3fb/join/link/…/"}
        """;
}
