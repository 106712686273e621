using System.Collections.Immutable;
using System.Security.Cryptography;
using Actors.Tallying.Campaigns;
using Actors.Tallying.Certificates;
using Actors.Tallying.Feed;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Actors.Tallying;

/// <inheritdoc cref="ICampaignGrain"/>
internal sealed partial class CampaignGrain : Grain, ICampaignGrain
{
    private readonly IPersistentState<CampaignState> _state;
    private readonly ITallyLog _tallyLog;
    private readonly ICertificateIndex _index;
    private readonly CampaignFeeds _feeds;
    private readonly TimeProvider _time;
    private readonly TallyingOptions _options;
    private readonly ILogger<CampaignGrain> _log;
    private readonly IPersistentState<CampaignCounts> _counts;
    private readonly TallyingInstruments _instruments;

    /// <summary>What is known to be stored: interleaved calls never see a write that is under way.</summary>
    private CampaignState? _current;
    private ECDsa? _signer;
    private CampaignTally _tally = new(new CampaignCounts());

    public CampaignGrain(
        [PersistentState("campaign")] IPersistentState<CampaignState> state,
        [PersistentState("campaign-counts")] IPersistentState<CampaignCounts> counts,
        ITallyLog tallyLog,
        ICertificateIndex index,
        CampaignFeeds feeds,
        TimeProvider time,
        IOptions<TallyingOptions> options,
        TallyingInstruments instruments,
        ILogger<CampaignGrain> log)
    {
        _state = state;
        _counts = counts;
        _instruments = instruments;
        _tallyLog = tallyLog;
        _index = index;
        _feeds = feeds;
        _time = time;
        _options = options.Value;
        _log = log;
    }

    private string Slug => CampaignKey.Parse(this.GetPrimaryKeyString()).Slug;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Use(_state.RecordExists ? _state.State : null);
        _tally = new CampaignTally(_counts.State);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _signer?.Dispose();
        return Task.CompletedTask;
    }

    public Task<CampaignInfo?> GetAsync() => Task.FromResult(_current?.Describe(Slug));

    public async Task<CampaignInfo> SaveAsync(string name)
    {
        if (_current?.Name != name)
        {
            await StoreAsync(name, _current?.Keys ?? [CreateKey()], _current?.Capacity);
        }

        return _current!.Describe(Slug);
    }

    public async Task<CampaignInfo?> SetCapacityAsync(int? capacity)
    {
        if (_current is not null && _current.Capacity != capacity)
        {
            await StoreAsync(_current.Name, _current.Keys, capacity);
        }

        return _current?.Describe(Slug);
    }

    public async Task<RotateKeyOutcome> RotateKeyAsync()
    {
        if (_current is null)
        {
            return new(RotateKeyStatus.UnknownCampaign, Campaign: null);
        }

        if (_current.Keys.Count >= CampaignState.MaxKeys)
        {
            return new(RotateKeyStatus.TooManyKeys, _current.Describe(Slug));
        }

        await StoreAsync(_current.Name, [.. _current.Keys, CreateKey()], _current.Capacity);
        LogRotated(Slug, _current.Keys[^1].KeyId);
        return new(RotateKeyStatus.Rotated, _current.Describe(Slug));
    }

    public Task<SignedCertificate?> SignAsync(ImmutableArray<byte> payload) =>
        Task.FromResult(_current is null || _signer is null
            ? null
            : new SignedCertificate(CertificateText.Sign(payload.AsSpan(), _signer), _current.Keys[^1].KeyId));

    public async Task<EventPage?> ReadEventsAsync(long after, int limit) =>
        _current is null
            ? null
            : await _feeds.ReadAsync(Slug, EventWindow.Start(after, _time.GetUtcNow(), _options.RecentWindow), EventWindow.Limit(limit), CancellationToken.None);

    public async Task<CertificateChanges?> ReadChangesAsync(long after, int limit)
    {
        if (_current is null)
        {
            return null;
        }

        var (cursor, more, certificates) = await _index.ReadChangesAsync(Slug, Math.Max(0, after), EventWindow.Limit(limit), CancellationToken.None);
        return new CertificateChanges(cursor, more, [.. certificates.Select(Describe)]);
    }

    public async Task<ImmutableArray<Guid>> FindByCodeAsync(string code) =>
        await _index.FindByCodeAsync(Slug, code, CancellationToken.None);

    private static CertificateChange Describe(IndexedCertificate certificate) => new(
        certificate.CertificateId, certificate.Version, certificate.Revoked,
        certificate.ValidityStart, certificate.ValidityEnd, certificate.Data);

    private async Task StoreAsync(string name, List<StoredKey> keys, int? capacity)
    {
        var next = new CampaignState { Name = name, Keys = keys, Capacity = capacity };
        await this.StoreAsync(_state, next);
        Use(next);
        _feeds.ConfigurationChanged(Slug);
    }

    private void Use(CampaignState? state)
    {
        _current = state;
        _signer?.Dispose();
        _signer = null;
        if (state is { Keys: [.., var newest] })
        {
            _signer = ECDsa.Create();
            _signer.ImportPkcs8PrivateKey(newest.PrivateKey, out _);
        }
    }

    private StoredKey CreateKey()
    {
        using var key = SigningKeys.Create();
        var createdAt = _time.GetUtcNow();
        var info = SigningKeys.Describe(key, createdAt);
        return new StoredKey
        {
            PrivateKey = key.ExportPkcs8PrivateKey(),
            KeyId = info.KeyId,
            X = info.X,
            Y = info.Y,
            CreatedAt = createdAt,
        };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Campaign {Campaign} signs with key {KeyId} from now on.")]
    private partial void LogRotated(string campaign, string keyId);
}
