namespace Actors.Api.Tallying.Wire;

/// <summary>What the seed's routes are sent and answer, as the OpenAPI document shows it.</summary>
internal static class Examples
{
    public const string Sync = """
        {"events":[{"certificate":"1b4e28ba-2fa1-4d2e-883f-b9a761bde3fb","event":"11111111-1111-4111-8111-111111111111","timestamp":1795350018.25}],"since":"","now":1795350020.5,"limit":500}
        """;

    public const string SyncAnswer = """
        {"err":0,"data":{"timestamp":"phoeceurj71","more":false,
        "events":[{"certificate":"1b4e28ba-2fa1-4d2e-883f-b9a761bde3fb","event":"11111111-1111-4111-8111-111111111111","reader":"3d5c9e0a-7b21-4f6d-8e90-1a2b3c4d5e6f","reader_name":"Door A","timestamp":1795350018.25,"type":"seen","outcome":"first"}],
        "outcomes":{"11111111-1111-4111-8111-111111111111":{"outcome":"first","first":{"event":"11111111-1111-4111-8111-111111111111","reader":"3d5c9e0a-7b21-4f6d-8e90-1a2b3c4d5e6f","reader_name":"Door A","timestamp":1795350018.25}}}}}
        """;

    public const string Configuration = """
        {"reader":{"uuid":"3d5c9e0a-7b21-4f6d-8e90-1a2b3c4d5e6f","name":"Door A","tally":true,"readableMetadata":["seat"],"validityStart":null,"validityEnd":null},
        "campaign":{"slug":"fair","name":"The fair"},"keys":[{"kty":"EC","crv":"P-256","kid":"ugpsPf-Oa44","x":"…","y":"…"}],"now":1795350020.5}
        """;

    public const string Changes = """
        {"err":0,"data":{"cursor":"c1","more":false,"certificates":[{"certificate":"1b4e28ba-2fa1-4d2e-883f-b9a761bde3fb","revoked":false,"version":1795350000,"validityStart":null,"validityEnd":null}]}}
        """;

    public const string Found = """
        {"err":0,"data":{"certificate":"1b4e28ba-2fa1-4d2e-883f-b9a761bde3fb","data":{"name":"Ada"},"validityStart":null,"validityEnd":null,"revoked":false,"version":1795350000}}
        """;

    public const string Readers = """
        {"err":0,"data":{"readers":[{"reader":"3f2504e0-4f89-41d3-9a0c-0305e82c3301","reader_name":"South door","contact":1795350000.125}]}}
        """;

    public const string Metadata = """{"err":0,"data":{"seat":"A2"}}""";

    public const string SaveCertificate = """
        {"data":{"name":"Ada"},"metadata":{"seat":"A2"},"validity_start":null,"validity_end":"2036-01-01T00:00:00Z"}
        """;

    public const string CertificateSaved = """
        {"err":0,"data":{"uuid":"1b4e28ba-2fa1-4d2e-883f-b9a761bde3fb","qrcode_url":"https://actors.example.org/qrcode/fair/get-qrcode/1b4e28ba-2fa1-4d2e-883f-b9a761bde3fb"}}
        """;

    public const string Certificate = """
        {"err":0,"data":{"uuid":"1b4e28ba-2fa1-4d2e-883f-b9a761bde3fb","qrcode_url":"https://actors.example.org/qrcode/fair/get-qrcode/1b4e28ba-2fa1-4d2e-883f-b9a761bde3fb","qrcode_text":"AC1:…","data":{"name":"Ada"},
        "metadata":{"seat":"A2"},"validity_start":null,"validity_end":"2036-01-01T00:00:00Z","revoked":false,"version":1795350000,"code":"7Q2M-X0FD"}}
        """;

    public const string SaveReader = """
        {"name":"Door A","readable_metadatas":"seat","enable_tallying":true,"validity_start":null,"validity_end":null}
        """;

    public const string ReaderSaved = """
        {"err":0,"data":{"uuid":"3d5c9e0a-7b21-4f6d-8e90-1a2b3c4d5e6f","url":"https://actors.example.org/qrcode/fair/open-reader/3d5c9e0a-7b21-4f6d-8e90-1a2b3c4d5e6f"}}
        """;

    public const string Reader = """
        {"err":0,"data":{"uuid":"3d5c9e0a-7b21-4f6d-8e90-1a2b3c4d5e6f","url":"https://actors.example.org/qrcode/fair/open-reader/3d5c9e0a-7b21-4f6d-8e90-1a2b3c4d5e6f","name":"Door A","readable_metadatas":"seat",
        "enable_tallying":true,"offline_roster":false,"gate":"North","direction":"entry","validity_start":null,"validity_end":null}}
        """;
}
