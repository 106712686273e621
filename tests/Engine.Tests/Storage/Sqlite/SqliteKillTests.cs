using System.Diagnostics;
using System.IO.Pipes;
using Actors.Silo.Storage.Sqlite;
using Actors.Tallying;

namespace Actors.Engine.Tests.Storage.Sqlite;

/// <summary>A process of its own writes, tells what was acknowledged, and is killed in the middle.</summary>
public sealed class SqliteKillTests
{
    private const string Folder = "ACTORS_KILL_FOLDER";
    private const string Pipe = "ACTORS_KILL_PIPE";
    private const int Acknowledged = 2_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_InTheMiddleOfWriting_LosesNothingThatWasAcknowledged()
    {
        using var folder = new TemporaryFolder();
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        using var child = StartChild(folder.Path, pipe);
        var lines = new List<string>();
        using var reader = new StreamReader(pipe);
        while (lines.Count < Acknowledged && await reader.ReadLineAsync(Cancel) is { } line)
        {
            lines.Add(line);
        }

        Assert.Throws<Actors.Silo.Storage.DataFolderInUseException>(() => SqliteDatabase.Open(new SqliteOptions { DataPath = folder.Path }));
        child.Kill(entireProcessTree: true);
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            lines.Add(line);
        }

        await child.WaitForExitAsync(Cancel);
        Assert.True(lines.Count >= Acknowledged, $"The child wrote only {lines.Count} rows.");
        // The last line may have been cut.
        await CheckAsync(folder.Path, lines[..^1]);
    }

    /// <summary>The child: does nothing unless the test above starts it.</summary>
    [Fact]
    public async Task Write_AsTheProcessThatIsKilled_WritesUntilThen()
    {
        if (Environment.GetEnvironmentVariable(Folder) is not { } folder)
        {
            return;
        }

        using var database = SqliteDatabase.Open(new SqliteOptions { DataPath = folder, CheckpointPages = 50 });
        using var pipe = new AnonymousPipeClientStream(PipeDirection.Out, Environment.GetEnvironmentVariable(Pipe)!);
        await using var writer = new StreamWriter(pipe);
        var gate = new Lock();
        var state = new SqliteStateStore(database);
        var log = new SqliteTallyLog(database, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(WriteAsync, Cancel)));

        async Task WriteAsync()
        {
            var scans = new Scans();
            while (true)
            {
                var key = Guid.NewGuid().ToString("N");
                await state.WriteAsync(new("kill", key), new byte[300], etag: null, Cancel);
                Tell($"state {key}");
                var row = (await log.AppendAsync([scans.Next()], Cancel))[0];
                Tell($"undecided {row.EventId:N} {row.ReaderId:N}");
                await log.DecideAsync("expo", [Scans.Decide(row)], Cancel);
                Tell($"decided {row.EventId:N}");
            }
        }

        void Tell(string line)
        {
            lock (gate)
            {
                writer.WriteLine(line);
                writer.Flush();
            }
        }
    }

    private static Process StartChild(string folder, AnonymousPipeServerStream pipe)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(SqliteKillTests).Assembly.Location);
        }

        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(SqliteKillTests).FullName}.{nameof(Write_AsTheProcessThatIsKilled_WritesUntilThen)}");
        start.Environment[Folder] = folder;
        start.Environment[Pipe] = pipe.GetClientHandleAsString();
        var child = Process.Start(start)!;
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        pipe.DisposeLocalCopyOfClientHandle();
        return child;
    }

    private static async Task CheckAsync(string folder, List<string> lines)
    {
        using var database = SqliteDatabase.Open(new SqliteOptions { DataPath = folder });
        Assert.Equal("ok", await database.ReadAsync(0, static (session, _) =>
        {
            using var rows = session[new Sql("PRAGMA integrity_check")].Query();
            rows.Next();
            return rows.Text(0);
        }, Cancel));
        var log = new SqliteTallyLog(database, TimeProvider.System);
        var decided = await DecidedAsync(log);
        foreach (var line in lines.Select(line => line.Split(' ')))
        {
            switch (line[0])
            {
                case "state":
                    Assert.NotNull(await new SqliteStateStore(database).ReadAsync(new("kill", line[1]), Cancel));
                    break;
                case "decided":
                    Assert.Contains(ParseUuid(line[1]), decided);
                    break;
                default:
                    var undecided = await log.ReadUndecidedAsync(ParseUuid(line[2]), 10, Cancel);
                    Assert.True(decided.Contains(ParseUuid(line[1])) || undecided.Any(row => row.EventId == ParseUuid(line[1])));
                    break;
            }
        }
    }

    private static async Task<HashSet<Guid>> DecidedAsync(SqliteTallyLog log)
    {
        var decided = new HashSet<Guid>();
        EventPage page;
        var cursor = 0L;
        do
        {
            page = await log.ReadAsync("expo", cursor, 1_000, Cancel);
            decided.UnionWith(page.Events.Select(e => e.EventId));
            cursor = page.Cursor;
        }
        while (page.More);
        return decided;
    }

    private static Guid ParseUuid(string text) => Guid.ParseExact(text, "N");
}
