using System.Collections.Immutable;
using Actors.Tallying;

namespace Actors.Engine.Tests.Storage;

public abstract class CertificateIndexConformance<THarness> : StorageConformance<THarness>
    where THarness : IStorageHarness, new()
{
    private ICertificateIndex Index => Storage.Service<ICertificateIndex>();

    [Fact]
    public async Task ReadChanges_OfNothing_KeepsTheCursor()
    {
        var (cursor, more, certificates) = await Index.ReadChangesAsync("expo", 7, 10, Cancel);

        Assert.Equal((7, false), (cursor, more));
        Assert.Empty(certificates);
    }

    [Fact]
    public async Task Put_OfACertificate_IsReadAsItWasPut()
    {
        var certificate = Certificate() with
        {
            ValidityStart = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Data = [new TextPair("nom", "Zoé \"Ω\" \n"), new TextPair("nom", ""), new TextPair("", "x")],
        };
        await Index.PutAsync(certificate, Cancel);
        Storage.Restart();

        var read = Assert.Single((await Index.ReadChangesAsync("expo", 0, 10, Cancel)).Certificates);

        Assert.Equal(certificate.Data.AsEnumerable(), read.Data);
        Assert.Equal(certificate with { Data = [] }, read with { Data = [] });
    }

    [Fact]
    public async Task ReadChanges_InPages_ShowsTheNewestVersionOfEachOnce()
    {
        var certificates = Enumerable.Range(0, 5).Select(_ => Certificate()).ToList();
        foreach (var certificate in certificates)
        {
            await Index.PutAsync(certificate, Cancel);
        }

        await Index.PutAsync(certificates[0] with { Version = 11 }, Cancel);
        var first = await Index.ReadChangesAsync("expo", 0, 3, Cancel);
        var second = await Index.ReadChangesAsync("expo", first.Cursor, 3, Cancel);

        Assert.True(first.More);
        Assert.False(second.More);
        Assert.Equal(
            [.. certificates.Skip(1).Select(c => (c.CertificateId, 10L)), (certificates[0].CertificateId, 11L)],
            first.Certificates.Concat(second.Certificates).Select(c => (c.CertificateId, c.Version)));
        Assert.Empty((await Index.ReadChangesAsync("expo", second.Cursor, 3, Cancel)).Certificates);
    }

    [Fact]
    public async Task Put_Repeated_IsNoChange()
    {
        var certificate = Certificate();
        await Index.PutAsync(certificate, Cancel);
        var (cursor, _, _) = await Index.ReadChangesAsync("expo", 0, 10, Cancel);

        await Index.PutAsync(certificate with { Data = [.. certificate.Data] }, Cancel);

        Assert.Empty((await Index.ReadChangesAsync("expo", cursor, 10, Cancel)).Certificates);
    }

    [Fact]
    public async Task Put_OfAnOlderVersion_DoesNotReplaceTheNewer()
    {
        var certificate = Certificate();
        await Index.PutAsync(certificate with { Version = 12 }, Cancel);

        await Index.PutAsync(certificate, Cancel);

        Assert.Equal(12, Assert.Single((await Index.ReadChangesAsync("expo", 0, 10, Cancel)).Certificates).Version);
    }

    [Fact]
    public async Task Put_OfARevocation_HoldsForGood()
    {
        var certificate = Certificate();
        await Index.PutAsync(certificate with { Revoked = true }, Cancel);

        await Index.PutAsync(certificate with { Version = 12 }, Cancel);

        var read = Assert.Single((await Index.ReadChangesAsync("expo", 0, 10, Cancel)).Certificates);
        Assert.Equal((12, true), (read.Version, read.Revoked));
    }

    [Fact]
    public async Task FindByCode_OfACampaign_FindsItsOwnOnly()
    {
        var mine = Certificate();
        await Index.PutAsync(mine, Cancel);
        await Index.PutAsync(Certificate() with { Campaign = "gala", Code = mine.Code }, Cancel);
        await Index.PutAsync(Certificate() with { Code = "ZZZZ0000" }, Cancel);

        Assert.Equal([mine.CertificateId], await Index.FindByCodeAsync("expo", mine.Code, Cancel));
        Assert.Empty(await Index.FindByCodeAsync("none", mine.Code, Cancel));
        Assert.Empty(await Index.FindByCodeAsync("expo", "11111111", Cancel));
    }

    [Fact]
    public async Task Put_ByManyAtOnce_MissesNoneInTheOrder()
    {
        var certificates = Enumerable.Range(0, 200).Select(_ => Certificate()).ToImmutableArray();
        await Task.WhenAll(certificates.Select(c => Index.PutAsync(c, Cancel).AsTask()));

        var (_, _, read) = await Index.ReadChangesAsync("expo", 0, 1_000, Cancel);

        Assert.Equal(certificates.Select(c => c.CertificateId).Order(), read.Select(c => c.CertificateId).Order());
    }

    private static IndexedCertificate Certificate() =>
        new("expo", Guid.NewGuid(), "ABCD1234", 10, Revoked: false, ValidityStart: null, ValidityEnd: null, [new TextPair("nom", "Zoé")]);
}

public sealed class MemoryCertificateIndexTests : CertificateIndexConformance<MemoryHarness>;

public sealed class SqliteCertificateIndexTests : CertificateIndexConformance<SqliteHarness>;

public sealed class PostgresCertificateIndexTests : CertificateIndexConformance<PostgresHarness>;
