using System.Security.Cryptography;
using Actors.Silo.Storage.Files;
using Actors.Silo.Storage.Postgres;
using Npgsql;

namespace Actors.Silo.Storage.Migration;

/// <summary>Copies the contents that lie as files beside an embedded database, each wholly or not at all; what is there already is left.</summary>
internal static class ContentMigration
{
    private const int ChunkBytes = 256 << 10;

    /// <summary>Copies and verifies. Returns how many were copied and how many had been before.</summary>
    /// <exception cref="InvalidDataException">What was copied is not what was there.</exception>
    public static async Task<(int Copied, int Before)> RunAsync(NpgsqlConnection connection, string folder, CancellationToken cancellationToken)
    {
        var (copied, before) = (0, 0);
        foreach (var file in Files(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await IsThereAsync(connection, file.Name, cancellationToken))
            {
                before++;
                continue;
            }

            await CopyAsync(connection, file, cancellationToken);
            copied++;
        }

        return (copied, before);
    }

    private static IEnumerable<FileInfo> Files(string folder) => Directory.Exists(folder)
        ? new DirectoryInfo(folder).EnumerateFiles().Where(file => FileNames.IsSafe(file.Name))
        : [];

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = Command(connection, "SELECT EXISTS (SELECT 1 FROM print_content WHERE name = $1)", parameters => parameters.With(name));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, FileInfo file, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // its age decides when it is deleted
        var savedAt = PostgresColumns.Ticks(new DateTimeOffset(file.LastWriteTimeUtc));
        var (sent, length, chunks) = await SendAsync(connection, file, savedAt, cancellationToken);
        await using (var content = Command(
            connection,
            "INSERT INTO print_content (name, length, chunks, saved_at) VALUES ($1, $2, $3, $4)",
            parameters => parameters.With(file.Name).With(length).With(chunks).With(savedAt)))
        {
            await content.ExecuteNonQueryAsync(cancellationToken);
        }

        var there = await ReadBackAsync(connection, file.Name, cancellationToken);
        if (!sent.AsSpan().SequenceEqual(there))
        {
            throw new InvalidDataException($"The copy of the content {file.Name} is not the same. Nothing of it was kept.");
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<(byte[] Hash, long Length, int Chunks)> SendAsync(
        NpgsqlConnection connection, FileInfo file, long savedAt, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var content = file.OpenRead();
        var (length, chunks) = (0L, 0);
        var buffer = new byte[ChunkBytes];
        while (await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken) is > 0 and var count)
        {
            hash.AppendData(buffer, 0, count);
            await using var chunk = Command(
                connection,
                "INSERT INTO print_chunk (name, ordinal, content, saved_at) VALUES ($1, $2, $3, $4)",
                parameters => parameters.With(file.Name).With(chunks).With(buffer[..count]).With(savedAt));
            await chunk.ExecuteNonQueryAsync(cancellationToken);
            length += count;
            chunks++;
        }

        return (hash.GetHashAndReset(), length, chunks);
    }

    private static async Task<byte[]> ReadBackAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var command = Command(connection, "SELECT content FROM print_chunk WHERE name = $1 ORDER BY ordinal", parameters => parameters.With(name));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            hash.AppendData(await rows.GetFieldValueAsync<byte[]>(0, cancellationToken));
        }

        return hash.GetHashAndReset();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, Action<NpgsqlParameterCollection> bind)
    {
        var command = new NpgsqlCommand(sql, connection);
        bind(command.Parameters);
        return command;
    }
}
