using System.Collections.Immutable;
using Actors.Tallying.Certificates;
using Actors.Tallying.Feed;
using Actors.Tallying.Scans;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Actors.Tallying;

/// <inheritdoc cref="ICertificateGrain"/>
internal sealed partial class CertificateGrain : Grain, ICertificateGrain
{
    private readonly IPersistentState<CertificateState> _definition;
    private readonly IPersistentState<StayState> _stay;
    private readonly ICertificateIndex _index;
    private readonly CampaignFeeds _feeds;
    private readonly TimeProvider _time;
    private readonly ILogger<CertificateGrain> _log;

    /// <summary>What is known to be stored: interleaved readers never see a write that is under way.</summary>
    private CertificateState? _current;

    public CertificateGrain(
        [PersistentState("certificate")] IPersistentState<CertificateState> definition,
        [PersistentState("certificate-stay")] IPersistentState<StayState> stay,
        ICertificateIndex index,
        CampaignFeeds feeds,
        TimeProvider time,
        ILogger<CertificateGrain> log)
    {
        _definition = definition;
        _stay = stay;
        _index = index;
        _feeds = feeds;
        _time = time;
        _log = log;
    }

    private Guid Id => CertificateKey.Parse(this.GetPrimaryKeyString()).Id;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _current = _definition.RecordExists ? _definition.State : null;
        return Task.CompletedTask;
    }

    public Task<CertificateInfo?> GetAsync() => Task.FromResult(_current?.Describe(Id));

    public Task<ImmutableArray<TextPair>?> ReadMetadataAsync(string campaign, ImmutableArray<string> keys) =>
        Task.FromResult<ImmutableArray<TextPair>?>(
            _current is { } certificate && certificate.Campaign == campaign
                ? [.. certificate.Metadata.Where(pair => keys.Contains(pair.Key))]
                : null);

    public async Task<SaveCertificateOutcome> SaveAsync(SaveCertificate command)
    {
        command = Normalize(command);
        if (Refusal(command) is { } refusal)
        {
            return new(refusal, Certificate: null);
        }

        if (_current?.Says(command) != true)
        {
            var next = await SignAsync(command);
            if (next is null)
            {
                return new(SaveCertificateStatus.UnknownCampaign, Certificate: null);
            }

            await StoreDefinitionAsync(next);
        }

        // put again when nothing changed: the caller may be repeating a save whose second half failed
        await PutIndexAsync(_current!);
        return new(SaveCertificateStatus.Saved, _current!.Describe(Id));
    }

    public async Task<CertificateInfo?> RevokeAsync(string campaign)
    {
        if (_current is null || _current.Campaign != campaign)
        {
            return null;
        }

        if (!_current.Revoked)
        {
            await StoreDefinitionAsync(_current.Revoke());
            LogRevoked(new Masked(Id));
        }

        if (!_stay.State.Revoked)
        {
            var revoked = _stay.State.Copy();
            revoked.Revoked = true;
            await this.StoreAsync(_stay, revoked);
        }

        await PutIndexAsync(_current);
        _feeds.ConfigurationChanged(_current.Campaign);
        return _current.Describe(Id);
    }

    public async Task<ScanDecision> ScanAsync(Scan scan)
    {
        var decision = StayRules.Decide(_current, _stay.State, scan);
        if (decision.Next is null)
        {
            // Nothing to write that would prove this memory to be current, so what it says is read again.
            await RefreshAsync(decision.Answer.Outcome);
            decision = StayRules.Decide(_current, _stay.State, scan);
        }

        if (decision.Next is { } next)
        {
            // the commit of this row is the moment at which the scan happens for everybody
            await this.StoreAsync(_stay, next);
        }

        LogDecided(new Masked(Id), scan.EventId, decision.Answer.Outcome);
        return decision.Answer;
    }

    private async Task RefreshAsync(ScanOutcome outcome)
    {
        await _stay.ReadStateAsync();
        if (outcome is not (ScanOutcome.First or ScanOutcome.Duplicate))
        {
            await _definition.ReadStateAsync();
            _current = _definition.RecordExists ? _definition.State : null;
        }
    }

    private SaveCertificateStatus? Refusal(SaveCertificate command) => _current switch
    {
        _ when !CertificateLimits.Allow(command.Data, command.Metadata) => SaveCertificateStatus.TooLarge,
        { } known when known.Campaign != command.Campaign => SaveCertificateStatus.OtherCampaign,
        { Revoked: true } => SaveCertificateStatus.Revoked,
        _ => null,
    };

    private async Task<CertificateState?> SignAsync(SaveCertificate command)
    {
        var version = Math.Max(_time.GetUtcNow().ToUnixTimeSeconds(), (_current?.Version ?? 0) + 1);
        var claims = new CertificateClaims(
            Id, version, command.ValidityStart?.ToUnixTimeSeconds(), command.ValidityEnd?.ToUnixTimeSeconds(), command.Data);
        var signed = await GrainFactory.GetCampaignGrain(new CampaignKey(command.Campaign)).SignAsync([.. ClaimsCodec.Encode(claims)]);
        return signed is null ? null : new CertificateState
        {
            Campaign = command.Campaign,
            Data = [.. command.Data],
            Metadata = [.. command.Metadata],
            ValidityStart = command.ValidityStart,
            ValidityEnd = command.ValidityEnd,
            Version = version,
            QrText = signed.Text,
        };
    }

    private async Task StoreDefinitionAsync(CertificateState next)
    {
        await this.StoreAsync(_definition, next);
        _current = next;
    }

    private ValueTask PutIndexAsync(CertificateState certificate) => _index.PutAsync(
        new IndexedCertificate(
            certificate.Campaign, Id, ShortCode.Of(Id), certificate.Version, certificate.Revoked,
            certificate.ValidityStart, certificate.ValidityEnd, [.. certificate.Data]),
        CancellationToken.None);

    /// <summary>Whole seconds, as the QR code says them, so that server and offline readers agree to the second.</summary>
    private static SaveCertificate Normalize(SaveCertificate command) => command with
    {
        ValidityStart = ToSeconds(command.ValidityStart),
        ValidityEnd = ToSeconds(command.ValidityEnd),
    };

    private static DateTimeOffset? ToSeconds(DateTimeOffset? time) =>
        time is { } value ? DateTimeOffset.FromUnixTimeSeconds(Math.Max(0, value.ToUnixTimeSeconds())) : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Certificate {Certificate} is revoked.")]
    private partial void LogRevoked(Masked certificate);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Certificate {Certificate}: event {EventId} is {Outcome}.")]
    private partial void LogDecided(Masked certificate, Guid eventId, ScanOutcome outcome);
}
