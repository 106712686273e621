using Actors.Printing;
using Actors.Silo.Storage.Files;
using NpgsqlTypes;

namespace Actors.Silo.Storage.Postgres;

/// <summary>Contents in PostgreSQL, in chunks: every process of a cluster reaches them, and they are in its backups.</summary>
internal sealed class PostgresFileStore(PostgresDatabase database, string dataPath, TimeProvider time) : IFileStore
{
    private const int ChunkBytes = 256 << 10;
    private const int DeleteAtOnce = 64;

    private const string PutChunk =
        "INSERT INTO print_chunk (name, ordinal, content, saved_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name, ordinal) DO NOTHING RETURNING 1";
    private const string PutContent =
        "INSERT INTO print_content (name, length, chunks, saved_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING RETURNING 1";
    private const string Length = "SELECT length, chunks FROM print_content WHERE name = $1";
    private const string Chunk = "SELECT content FROM print_chunk WHERE name = $1 AND ordinal = $2";
    private const string DeleteContent = "DELETE FROM print_content WHERE name = $1 RETURNING 1";
    private const string DeleteChunks = "DELETE FROM print_chunk WHERE name = $1";
    private const string OldChunks =
        "DELETE FROM print_chunk WHERE (name, ordinal) IN (SELECT name, ordinal FROM print_chunk WHERE saved_at < $1 LIMIT $2) RETURNING 1";
    private const string OldContents =
        "DELETE FROM print_content WHERE name IN (SELECT name FROM print_content WHERE saved_at < $1 LIMIT $2) RETURNING 1";

    public string Spool { get; } = FileFolders.Make(Path.Combine(dataPath, "spool"));

    public async ValueTask SaveAsync(string name, string path, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan | FileOptions.DeleteOnClose);
        var (length, ordinal) = (0L, 0);
        while (true)
        {
            // the write keeps it until it is in the database, perhaps for more than one attempt
            var chunk = new byte[(int)Math.Min(ChunkBytes, file.Length - length)];
            if (chunk.Length == 0)
            {
                break;
            }

            await file.ReadExactlyAsync(chunk, cancellationToken);
            await WriteAsync(PutChunk, command => command.With(name).Add(ordinal, NpgsqlDbType.Integer).With(chunk).With(now), cancellationToken);
            length += chunk.Length;
            ordinal++;
        }

        await WriteAsync(PutContent, command => command.With(name).With(length).Add(ordinal, NpgsqlDbType.Integer).With(now), cancellationToken);
    }

    public async ValueTask<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        if (!FileNames.IsSafe(name))
        {
            return null;
        }

        var (length, chunks) = await database.ReadAsync(
            Length,
            parameters => parameters.With(name),
            async rows => await rows.ReadAsync(cancellationToken) ? (rows.GetInt64(0), rows.GetInt32(1)) : (-1, 0),
            cancellationToken);
        return length < 0 ? null : new ChunkStream(length, chunks, (ordinal, cancel) => ReadAsync(name, ordinal, cancel));
    }

    public async ValueTask DeleteAsync(string name, CancellationToken cancellationToken) =>
        await database.WriteSharedAsync(new StatementWrite<bool>(
            Guid.Empty,
            (batch, _) =>
            {
                batch.Command(DeleteContent).With(name);
                batch.Command(DeleteChunks).With(name);
            },
            StatementAnswers.AnyAsync,
            cancellationToken));

    public async ValueTask<int> DeleteOldAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var contents = await DeleteAllAsync(OldContents, before, cancellationToken);
        await DeleteAllAsync(OldChunks, before, cancellationToken);
        FileFolders.DeleteOld(Spool, before, cancellationToken);
        return contents;
    }

    private async Task<int> DeleteAllAsync(string sql, DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (var all = 0; ;)
        {
            var count = await database.WriteSharedAsync(new StatementWrite<int>(
                Guid.Empty, (batch, _) => batch.Command(sql).With(before).With((long)DeleteAtOnce), StatementAnswers.CountAsync, cancellationToken));
            all += count;
            if (count < DeleteAtOnce)
            {
                return all;
            }
        }
    }

    private ValueTask<byte[]> ReadAsync(string name, int ordinal, CancellationToken cancellationToken) =>
        database.ReadAsync(
            Chunk,
            parameters => parameters.With(name).With(ordinal),
            async rows => await rows.ReadAsync(cancellationToken)
                ? await rows.GetFieldValueAsync<byte[]>(0, cancellationToken)
                : throw new IOException("The content was deleted while it was read."),
            cancellationToken);

    private async ValueTask WriteAsync(string sql, Action<Npgsql.NpgsqlBatchCommand> bind, CancellationToken cancellationToken) =>
        await database.WriteSharedAsync(new StatementWrite<bool>(
            Guid.Empty, (batch, _) => bind(batch.Command(sql)), StatementAnswers.AnyAsync, cancellationToken));
}
