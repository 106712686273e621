using System.Text.Json;
using Actors.Api.Hosting;
using Actors.Silo.Settings;

namespace Actors.Api.Demo;

/// <summary>The keys of the demo: random, since they open readers and a terminal, and kept, so that asking again gives the same links.</summary>
internal sealed record DemoLinks(IReadOnlyList<Guid> Readers, IReadOnlyList<Guid> Certificates, string? Terminal = null, string? Device = null)
{
    private const string FileName = "demo.json";

    public static DemoLinks LoadOrCreate(DataOptions data, int readers, int certificates)
    {
        var path = Path.Combine(data.FullPath, FileName);
        if (File.Exists(path)
            && JsonSerializer.Deserialize<DemoLinks>(File.ReadAllBytes(path)) is { } kept
            && kept.Readers.Count == readers
            && kept.Certificates.Count == certificates)
        {
            return kept;
        }

        var links = new DemoLinks(Random(readers), Random(certificates));
        links.Save(data);
        return links;
    }

    /// <summary>Keeps them, for this account only.</summary>
    public void Save(DataOptions data) => OwnerFile.Write(Path.Combine(data.FullPath, FileName), JsonSerializer.SerializeToUtf8Bytes(this));

    private static Guid[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())];
}
