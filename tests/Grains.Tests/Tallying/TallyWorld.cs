using System.Collections.Immutable;
using Actors.Silo.Storage;
using Actors.Tallying;
using Actors.TestKit.Clusters;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Tallying;

/// <summary>A cluster with a campaign on it, and short words for what tests do.</summary>
public sealed class TallyWorld : IAsyncDisposable
{
    public const string Campaign = "fair";

    private readonly string? _folder;

    private TallyWorld(IGrainCluster cluster, string? folder)
    {
        Cluster = cluster;
        _folder = folder;
    }

    public IGrainCluster Cluster { get; }

    public DateTimeOffset Now => Cluster.Clock.GetUtcNow();

    public ICampaignGrain CampaignGrain => Cluster.Grains.GetCampaignGrain(new CampaignKey(Campaign));

    public ITallyLog Log => Cluster.Services.GetRequiredService<ITallyLog>();

    public static async Task<TallyWorld> StartAsync(bool sqlite = false, Action<GrainClusterOptions>? configure = null)
    {
        var folder = sqlite ? Directory.CreateTempSubdirectory("actors-grains-").FullName : null;
        var cluster = await GrainCluster.StartAsync(options =>
        {
            if (folder is not null)
            {
                options.KeepsStorageServices = false;
                options.Storage = services => services.AddSqliteStorage(folder);
            }

            configure?.Invoke(options);
        });
        var world = new TallyWorld(cluster, folder);
        await world.CampaignGrain.SaveAsync("The fair");
        return world;
    }

    public ICertificateGrain Certificate(Guid id) => Cluster.Grains.GetCertificateGrain(new CertificateKey(id));

    public IReaderGrain Reader(Guid id) => Cluster.Grains.GetReaderGrain(new ReaderKey(id));

    public async Task<Guid> NewCertificateAsync(DateTimeOffset? start = null, DateTimeOffset? end = null, string campaign = Campaign)
    {
        var id = Guid.NewGuid();
        var saved = await Certificate(id).SaveAsync(new SaveCertificate(campaign, [new("name", "Ada")], [new("seat", "12"), new("diet", "none")], start, end));
        Assert.Equal(SaveCertificateStatus.Saved, saved.Status);
        return id;
    }

    public async Task<Guid> NewReaderAsync(string name = "Gate", bool tally = true, DateTimeOffset? start = null, DateTimeOffset? end = null)
    {
        var id = Guid.NewGuid();
        var saved = await Reader(id).SaveAsync(new SaveReader(Campaign, name, ["seat"], tally, OfflineRoster: false, start, end));
        Assert.Equal(SaveReaderStatus.Saved, saved.Status);
        return id;
    }

    /// <summary>One scan, made now unless told otherwise.</summary>
    public ScanReport Scan(Guid certificate, DateTimeOffset? at = null, Guid? id = null) => new(id ?? Guid.NewGuid(), certificate, at ?? Now);

    public async Task<ImmutableArray<ScanResult>> SyncAsync(Guid reader, params ScanReport[] scans) =>
        await SyncAsync(reader, readerNow: null, scans);

    public async Task<ImmutableArray<ScanResult>> SyncAsync(Guid reader, DateTimeOffset? readerNow, params ScanReport[] scans)
    {
        var outcome = await Reader(reader).SyncAsync(new SyncScans([.. scans], readerNow));
        Assert.Equal(ReaderStatus.Usable, outcome.Status);
        Assert.Equal(scans.Select(scan => scan.EventId), outcome.Results.Select(result => result.EventId));
        return outcome.Results;
    }

    public async Task<ScanResult> ScanAsync(Guid reader, ScanReport scan) => (await SyncAsync(reader, scan))[0];

    public void Pass(TimeSpan time) => Cluster.Clock.Advance(time);

    public void PassSeconds(double seconds) => Pass(TimeSpan.FromSeconds(seconds));

    /// <summary>The whole log of the campaign.</summary>
    public async Task<IReadOnlyList<TallyEvent>> LogAsync()
    {
        var events = new List<TallyEvent>();
        var cursor = 1L;
        bool more;
        do
        {
            var page = (await CampaignGrain.ReadEventsAsync(cursor, 1_000))!;
            events.AddRange(page.Events);
            (cursor, more) = (page.Cursor, page.More);
        }
        while (more);

        return events;
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}
