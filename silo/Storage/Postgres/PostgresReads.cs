using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Reads may be repeated: one that met a connection that had died in the pool gets another.</summary>
internal static class PostgresReads
{
    private const int Attempts = 9;

    public static async ValueTask<TResult> WithConnectionAsync<TResult>(
        this NpgsqlDataSource source, Func<NpgsqlConnection, Task<TResult>> read, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var opened = false;
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                opened = true;
                return await read(connection);
            }
            catch (Exception failure) when (opened && attempt < Attempts && PostgresFailure.IsLost(failure))
            {
                // At most as many as the pool can hold; opening a new one tells whether the server is there.
            }
        }
    }
}
