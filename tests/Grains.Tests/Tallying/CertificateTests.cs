using System.Collections.Immutable;
using Actors.Tallying;
using Actors.Tallying.Certificates;

namespace Actors.Grains.Tests.Tallying;

/// <summary>Certificates and the campaigns that sign them.</summary>
public sealed class CertificateTests
{
    private static readonly SaveCertificate Says = new(TallyWorld.Campaign, [new("name", "Ada")], [new("seat", "12")], null, null);

    [Fact]
    public async Task Save_New_IsSignedByItsCampaign()
    {
        await using var world = await TallyWorld.StartAsync();
        var end = world.Now.AddHours(1.5).AddMilliseconds(700);
        var saved = await world.Certificate(Guid.NewGuid()).SaveAsync(Says with { ValidityEnd = end });
        using var verifier = new CertificateVerifier((await world.CampaignGrain.GetAsync())!.Keys);

        var check = verifier.Verify(saved.Certificate!.QrText, world.Now);

        Assert.Equal(CertificateCheckOutcome.Valid, check.Outcome);
        Assert.Equal(saved.Certificate.Id, check.Claims!.Id);
        Assert.Equal(saved.Certificate.Version, check.Claims.IssuedAt);
        Assert.Equal(Says.Data, check.Claims.Data);
        Assert.Equal(end.ToUnixTimeSeconds(), check.Claims.Expires);
        Assert.Equal(end.ToUnixTimeSeconds(), saved.Certificate.ValidityEnd!.Value.ToUnixTimeSeconds());
        Assert.Equal(CertificateCheckOutcome.Expired, verifier.Verify(saved.Certificate.QrText, saved.Certificate.ValidityEnd.Value).Outcome);
    }

    [Fact]
    public async Task Save_Changed_RaisesTheVersion()
    {
        await using var world = await TallyWorld.StartAsync();
        var certificate = world.Certificate(Guid.NewGuid());
        var first = (await certificate.SaveAsync(Says)).Certificate!;

        var same = (await certificate.SaveAsync(Says)).Certificate!;
        var changed = (await certificate.SaveAsync(Says with { Data = [new("name", "Grace")] })).Certificate!;

        Assert.Equal((first.Version, first.QrText), (same.Version, same.QrText));
        Assert.Equal(first.Version + 1, changed.Version);
        Assert.NotEqual(first.QrText, changed.QrText);
        await world.Cluster.RestartAsync();
        Assert.Equal(changed.QrText, (await world.Certificate(first.Id).GetAsync())!.QrText);
    }

    [Fact]
    public async Task Save_NotAllowed_IsRefused()
    {
        await using var world = await TallyWorld.StartAsync();
        await world.Cluster.Grains.GetCampaignGrain(new CampaignKey("other")).SaveAsync("Other");
        var certificate = world.Certificate(await world.NewCertificateAsync());
        var many = Enumerable.Range(0, 65).Select(i => new TextPair($"k{i}", "")).ToImmutableArray();

        Assert.Equal(SaveCertificateStatus.OtherCampaign, (await certificate.SaveAsync(Says with { Campaign = "other" })).Status);
        Assert.Equal(SaveCertificateStatus.UnknownCampaign, (await world.Certificate(Guid.NewGuid()).SaveAsync(Says with { Campaign = "none" })).Status);
        Assert.Equal(SaveCertificateStatus.TooLarge, (await certificate.SaveAsync(Says with { Data = [new("a", new string('x', 1_500))] })).Status);
        Assert.Equal(SaveCertificateStatus.TooLarge, (await certificate.SaveAsync(Says with { Data = [new("a", "1"), new("a", "2")] })).Status);
        Assert.Equal(SaveCertificateStatus.TooLarge, (await certificate.SaveAsync(Says with { Metadata = many })).Status);
        await certificate.RevokeAsync(TallyWorld.Campaign);
        Assert.Equal(SaveCertificateStatus.Revoked, (await certificate.SaveAsync(Says)).Status);
    }

    [Fact]
    public async Task Revoke_OfItsCampaignOnly_HoldsForGood()
    {
        await using var world = await TallyWorld.StartAsync();
        var id = await world.NewCertificateAsync();

        Assert.Null(await world.Certificate(id).RevokeAsync("other"));
        Assert.Null(await world.Certificate(Guid.NewGuid()).RevokeAsync(TallyWorld.Campaign));
        Assert.True((await world.Certificate(id).RevokeAsync(TallyWorld.Campaign))!.Revoked);
        Assert.True((await world.Certificate(id).RevokeAsync(TallyWorld.Campaign))!.Revoked);
        await world.Cluster.RestartAsync();
        Assert.True((await world.Certificate(id).GetAsync())!.Revoked);
    }

    [Fact]
    public async Task ReadMetadata_GivesOnlyTheKeysAskedFor()
    {
        await using var world = await TallyWorld.StartAsync();
        var certificate = world.Certificate(await world.NewCertificateAsync());

        Assert.Equal([new("seat", "12")], (await certificate.ReadMetadataAsync(TallyWorld.Campaign, ["seat", "none"]))!.Value);
        Assert.Null(await certificate.ReadMetadataAsync("other", ["seat"]));
        Assert.Null(await world.Certificate(Guid.NewGuid()).ReadMetadataAsync(TallyWorld.Campaign, ["seat"]));
    }

    [Fact]
    public async Task Changes_SavedAndRevoked_AreListedInOrder()
    {
        await using var world = await TallyWorld.StartAsync();
        var (one, two) = (await world.NewCertificateAsync(), await world.NewCertificateAsync());
        var page = (await world.CampaignGrain.ReadChangesAsync(0, 10))!;
        Assert.Equal([one, two], page.Certificates.Select(c => c.Id));

        await world.Certificate(one).RevokeAsync(TallyWorld.Campaign);

        var change = Assert.Single((await world.CampaignGrain.ReadChangesAsync(page.Cursor, 10))!.Certificates);
        Assert.Equal((one, true), (change.Id, change.Revoked));
        Assert.Equal([one], await world.CampaignGrain.FindByCodeAsync(ShortCode.Of(one)));
        Assert.Empty(await world.CampaignGrain.FindByCodeAsync("00000000"));
    }

    [Fact]
    public async Task RotateKey_OldSignatures_StayValid()
    {
        await using var world = await TallyWorld.StartAsync();
        var before = (await world.Certificate(await world.NewCertificateAsync()).GetAsync())!;
        var rotated = await world.CampaignGrain.RotateKeyAsync();
        var after = (await world.Certificate(await world.NewCertificateAsync()).GetAsync())!;
        await world.Cluster.RestartAsync();
        using var verifier = new CertificateVerifier((await world.CampaignGrain.GetAsync())!.Keys);

        Assert.Equal((RotateKeyStatus.Rotated, 2), (rotated.Status, rotated.Campaign!.Keys.Length));
        Assert.Equal(CertificateCheckOutcome.Valid, verifier.Verify(before.QrText, world.Now).Outcome);
        Assert.Equal(CertificateCheckOutcome.Valid, verifier.Verify(after.QrText, world.Now).Outcome);
        using var old = new CertificateVerifier([rotated.Campaign.Keys[0]]);
        Assert.Equal(CertificateCheckOutcome.UnknownKey, old.Verify(after.QrText, world.Now).Outcome);
    }

    [Fact]
    public async Task RotateKey_Seventeenth_IsRefused()
    {
        await using var world = await TallyWorld.StartAsync();
        for (var i = 1; i < 16; i++)
        {
            Assert.Equal(RotateKeyStatus.Rotated, (await world.CampaignGrain.RotateKeyAsync()).Status);
        }

        var refused = await world.CampaignGrain.RotateKeyAsync();
        Assert.Equal((RotateKeyStatus.TooManyKeys, 16), (refused.Status, refused.Campaign!.Keys.Length));
        Assert.Equal(RotateKeyStatus.UnknownCampaign, (await world.Cluster.Grains.GetCampaignGrain(new CampaignKey("none")).RotateKeyAsync()).Status);
    }

    [Fact]
    public async Task Campaign_NeverMade_IsNothing()
    {
        await using var world = await TallyWorld.StartAsync();
        var none = world.Cluster.Grains.GetCampaignGrain(new CampaignKey("none"));

        Assert.Null(await none.GetAsync());
        Assert.Null(await none.SignAsync([1]));
        Assert.Null(await none.ReadEventsAsync(0, 10));
        Assert.Null(await none.ReadChangesAsync(0, 10));
        Assert.Null(await none.GetStatisticsAsync());
    }

    [Fact]
    public async Task Statistics_CountTheLogAsItGrows()
    {
        await using var world = await TallyWorld.StartAsync();
        var (certificate, north, south) = (await world.NewCertificateAsync(), await world.NewReaderAsync("North"), await world.NewReaderAsync("South"));
        await world.SyncAsync(north, world.Scan(certificate), world.Scan(Guid.NewGuid()));
        Assert.Equal(2, (await world.CampaignGrain.GetStatisticsAsync())!.Seen);
        world.Pass(TimeSpan.FromHours(1));
        await world.SyncAsync(south, world.Scan(certificate));

        var counts = (await world.CampaignGrain.GetStatisticsAsync())!;

        Assert.Equal((3, 0), (counts.Seen, counts.Reordered));
        Assert.Equal(
            [new(ScanOutcome.First, 1), new(ScanOutcome.Duplicate, 1), new(ScanOutcome.Unknown, 1)],
            counts.Outcomes);
        Assert.Equal([("North", 2, 1), ("South", 1, 0)], counts.Readers.Select(r => (r.ReaderName, (int)r.Seen, (int)r.First)));
        Assert.Equal([(2, 1), (1, 0)], counts.Hours.Select(h => ((int)h.Seen, (int)h.First)));
    }
}
