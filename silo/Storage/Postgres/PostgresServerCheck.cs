using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Refuses a server whose settings would break what the storage promises.</summary>
internal static class PostgresServerCheck
{
    private const int OldestMajor = 15;

    public static void Check(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            "SELECT current_setting('synchronous_commit'), current_setting('server_encoding'), current_setting('fsync'), current_setting('full_page_writes'), pg_is_in_recovery()",
            connection);
        using var row = command.ExecuteReader();
        row.Read();
        if (connection.PostgreSqlVersion.Major < OldestMajor)
        {
            Refuse($"it is version {connection.PostgreSqlVersion}, and {OldestMajor} is the oldest that is tested");
        }

        // local: a replica may miss what was acknowledged, the server itself does not.
        if (row.GetString(0) is "off")
        {
            Refuse("synchronous_commit is off, so that acknowledged writes would be lost in a crash; set it to on (or remote_write, remote_apply, local)");
        }

        if (row.GetString(1) is not "UTF8")
        {
            Refuse($"its encoding is {row.GetString(1)}; create the database with ENCODING 'UTF8'");
        }

        if (row.GetString(2) is "off" || row.GetString(3) is "off")
        {
            Refuse("fsync or full_page_writes is off, so that a crash would damage it");
        }

        if (row.GetBoolean(4))
        {
            Refuse("it is a standby that only reads; connect to the primary (Target Session Attributes=primary)");
        }
    }

    private static void Refuse(string why) => throw new InvalidDataException($"The PostgreSQL server cannot be used: {why}.");
}
