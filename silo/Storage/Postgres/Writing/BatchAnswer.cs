using Npgsql;

namespace Actors.Silo.Storage.Postgres;

/// <summary>The result sets of a batch, one after the other.</summary>
internal sealed class BatchAnswer
{
    private bool _started;

    public BatchAnswer(NpgsqlDataReader reader) => Reader = reader;

    public NpgsqlDataReader Reader { get; }

    /// <summary>Goes to the next result set.</summary>
    public async ValueTask<NpgsqlDataReader> NextSetAsync()
    {
        if (_started && !await Reader.NextResultAsync())
        {
            throw new InvalidOperationException("A statement of the batch has no answer.");
        }

        _started = true;
        return Reader;
    }

    /// <summary>Reads to the end, which is the answer of the commit.</summary>
    public async ValueTask EndAsync()
    {
        while (await Reader.NextResultAsync())
        {
        }
    }
}
