namespace Actors.Api.Auth;

/// <summary>What a token may be good for: a closed list, so that a typing error is no token that opens nothing.</summary>
internal static class Scopes
{
    /// <summary>Everything, tokens included.</summary>
    public const string Admin = "admin";

    public const string TallyAdmin = "tally.admin";
    public const string TallyRead = "tally.read";
    public const string TallyWrite = "tally.write";
    public const string ConsoleRead = "console.read";
    public const string PrintUserCreate = "print.user.create";
    public const string PrintUserUpdate = "print.user.update";
    public const string PrintUserDelete = "print.user.delete";
    public const string PrintTerminalService = "print.terminal.service";
    public const string PrintQrTaskGet = "print.qr_task.get";
    public const string PrintFileSend = "print.file.send";
    public const string MeetingsRead = "meetings.read";
    public const string MeetingsWrite = "meetings.write";
    public const string PushUser = "push.user";
    public const string PushSend = "push.send";

    public static IReadOnlyList<string> All { get; } =
    [
        Admin, TallyAdmin, TallyRead, TallyWrite, ConsoleRead,
        PrintUserCreate, PrintUserUpdate, PrintUserDelete, PrintTerminalService, PrintQrTaskGet, PrintFileSend,
        MeetingsRead, MeetingsWrite,
        PushUser, PushSend,
    ];

    public static bool IsKnown(string scope) => All.Contains(scope, StringComparer.Ordinal);
}
