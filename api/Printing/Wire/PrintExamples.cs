namespace Actors.Api.Printing.Wire;

/// <summary>What print-api's routes are sent and answer, for the document.</summary>
internal static class PrintExamples
{
    public const string Members = """{"users":[{"username":"Ivanov","union_number":"1015000","student_number":null}]}""";
    public const string MembersAnswer = """{"status":"ok","count":1}""";
    public const string File = """{"surname":"Ivanov","number":"1015000","filename":"a.pdf","options":{"pages":"2-4,6","copies":1,"two_sided":false}}""";
    public const string FileAnswer = """{"pin":"OF72I1","options":{"pages":"2-4,6","copies":1,"two_sided":false}}""";
    public const string Options = """{"options":{"copies":2}}""";
    public const string Found = """{"filename":"2026-11-02-ZMNF5V.pdf","options":{"pages":"","copies":1,"two_sided":false}}""";
    public const string Print = """{"qr_token":"AB12CD","files":["OF72I1"]}""";
    public const string Terminal = """{"terminal_token":"act_…"}""";
    public const string Me = """{"id":"D3DEfna3FIW6","name":"Hall"}""";
    public const string Done = """{"status":"ok"}""";
}
