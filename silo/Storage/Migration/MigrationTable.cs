namespace Actors.Silo.Storage.Migration;

/// <summary>How a value lies in both databases.</summary>
internal enum MigrationType
{
    Text,
    Number,
    Integer,
    Small,
    Flag,
    Bytes,
    Uuid,

    /// <summary>Made from the two columns after it; the embedded database finds state otherwise.</summary>
    StateId,
}

/// <summary>A table of the shared database and where its rows come from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">The embedded database's query: the columns in order, without those that are made.</param>
/// <param name="Columns">Its columns.</param>
internal sealed record MigrationTable(string Name, string Source, params (string Name, MigrationType Type)[] Columns)
{
    private const MigrationType Text = MigrationType.Text;
    private const MigrationType Number = MigrationType.Number;
    private const MigrationType Integer = MigrationType.Integer;
    private const MigrationType Small = MigrationType.Small;
    private const MigrationType Bytes = MigrationType.Bytes;
    private const MigrationType Uuid = MigrationType.Uuid;

    /// <summary>All that is copied, in order.</summary>
    public static IReadOnlyList<MigrationTable> All { get; } =
    [
        new("setting", "SELECT name, value FROM setting", ("name", Text), ("value", Bytes)),
        new(
            "api_token",
            "SELECT id, name, scopes, hash, created_at, revoked_at FROM api_token ORDER BY rowid",
            ("id", Text), ("name", Text), ("scopes", Text), ("hash", Bytes), ("created_at", Number), ("revoked_at", Number)),
        new(
            "mail",
            "SELECT id, state, tries, next_attempt_at, last_error, payload FROM mail",
            ("id", Text), ("state", Small), ("tries", Integer), ("next_attempt_at", Number), ("last_error", Text), ("payload", Bytes)),
        new(
            "reminder",
            "SELECT grain_type, grain_key, name, start_at, period, due_at, attempt_at, etag FROM reminder",
            ("grain_type", Text), ("grain_key", Text), ("name", Text), ("start_at", Number), ("period", Number), ("due_at", Number), ("attempt_at", Number), ("etag", Number)),
        new("tally_campaign", "SELECT id, slug, head FROM tally_campaign", ("id", Integer), ("slug", Text), ("head", Number)),
        new("tally_roster", "SELECT id, slug, certificate_head FROM tally_campaign", ("id", Integer), ("slug", Text), ("head", Number)),
        new("tally_reader", "SELECT uuid, head, received_at FROM tally_reader", ("uuid", Uuid), ("head", Number), ("received_at", Number)),
        new(
            "tally_certificate",
            "SELECT certificate, campaign, change, code, version, revoked, validity_start, validity_end, data FROM tally_certificate",
            ("certificate", Uuid), ("roster", Integer), ("change", Number), ("code", Text), ("version", Number), ("revoked", MigrationType.Flag),
            ("validity_start", Number), ("validity_end", Number), ("data", Text)),
        new(
            "tally_event_id",
            "SELECT e.event, r.uuid, e.sequence, e.received_at FROM tally_event e JOIN tally_reader r ON r.id = e.reader ORDER BY e.id",
            ("event", Uuid), ("reader", Uuid), ("sequence", Number), ("received_at", Number)),
        new(
            "tally_event",
            "SELECT r.uuid, e.sequence, e.campaign, e.position, e.type, e.outcome, e.event, e.certificate, e.time, e.reader_time, e.received_at, "
            + "e.offset, e.reader_name, e.related, e.winner, e.offline, e.gate FROM tally_event e JOIN tally_reader r ON r.id = e.reader ORDER BY e.id",
            ("reader", Uuid), ("sequence", Number), ("campaign", Integer), ("position", Number), ("type", Small), ("outcome", Small), ("event", Uuid),
            ("certificate", Uuid), ("time", Number), ("reader_time", Number), ("received_at", Number), ("clock_offset", Number), ("reader_name", Text),
            ("related", Uuid), ("winner", Uuid), ("offline", MigrationType.Flag), ("gate", Text)),
        new(
            "print_member",
            "SELECT id, surname, union_number, student_number FROM print_member ORDER BY id",
            ("id", Number), ("surname", Text), ("union_number", Text), ("student_number", Text)),
        new(
            "print_fact",
            "SELECT id, file, member, terminal, at, sheets FROM print_fact ORDER BY place",
            ("id", Uuid), ("file", Uuid), ("member", Number), ("terminal", Text), ("at", Number), ("sheets", Integer)),
        new(
            "push_message",
            "SELECT id, fingerprint, content, created, due, group_id, user_id, total, told, last, done FROM push_message ORDER BY rowid",
            ("id", Text), ("fingerprint", Bytes), ("content", Bytes), ("created", Number), ("due", Number), ("group_id", Text), ("user_id", Text),
            ("total", Integer), ("told", Integer), ("last", Text), ("done", MigrationType.Flag)),
        new(
            "push_message_users",
            "SELECT message, chunk, users FROM push_message_users ORDER BY rowid",
            ("message", Text), ("chunk", Integer), ("users", Bytes)),
        new(
            "notification",
            "SELECT user_id, id, message, created, valid_to, mark, marked_at FROM notification ORDER BY place",
            ("user_id", Text), ("id", Text), ("message", Text), ("created", Number), ("valid_to", Number), ("mark", Small), ("marked_at", Number)),
        new(
            "push_delivery",
            "SELECT notification, device, kind, user_id, message, lane, origin, part, endpoint, p256dh, auth, queued, due, expires, state, attempts, "
            + "last_status, last_attempt, shown_at FROM push_delivery ORDER BY place",
            ("notification", Text), ("device", Text), ("kind", Small), ("user_id", Text), ("message", Text), ("lane", Small), ("origin", Text),
            ("part", Small), ("endpoint", Text), ("p256dh", Bytes), ("auth", Bytes), ("queued", Number), ("due", Number), ("expires", Number),
            ("state", Small), ("attempts", Integer), ("last_status", Integer), ("last_attempt", Number), ("shown_at", Number)),
        new(
            "push_group_member",
            "SELECT group_id, user_id, added FROM push_group_member",
            ("group_id", Text), ("user_id", Text), ("added", Number)),
        new(
            "grain_state",
            "SELECT name, key, etag, payload FROM grain_state ORDER BY id",
            ("id", MigrationType.StateId), ("name", Text), ("key", Text), ("etag", Number), ("payload", Bytes)),
    ];

    public string ColumnList => string.Join(", ", Columns.Select(column => column.Name));
}
