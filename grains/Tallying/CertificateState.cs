using Orleans;

namespace Actors.Tallying;

/// <summary>What a certificate says, as stored.</summary>
[GenerateSerializer, Alias("actors.tallying.certificate-state")]
internal sealed class CertificateState
{
    [Id(0)]
    public string Campaign { get; set; } = "";

    [Id(1)]
    public List<TextPair> Data { get; set; } = [];

    [Id(2)]
    public List<TextPair> Metadata { get; set; } = [];

    [Id(3)]
    public DateTimeOffset? ValidityStart { get; set; }

    [Id(4)]
    public DateTimeOffset? ValidityEnd { get; set; }

    [Id(5)]
    public long Version { get; set; }

    [Id(6)]
    public bool Revoked { get; set; }

    [Id(7)]
    public string QrText { get; set; } = "";

    public bool Says(SaveCertificate command) =>
        Data.SequenceEqual(command.Data)
        && Metadata.SequenceEqual(command.Metadata)
        && ValidityStart == command.ValidityStart
        && ValidityEnd == command.ValidityEnd;

    public CertificateState Revoke()
    {
        var copy = (CertificateState)MemberwiseClone();
        copy.Revoked = true;
        return copy;
    }

    public CertificateInfo Describe(Guid id) => new(
        id, Campaign, [.. Data], [.. Metadata], ValidityStart, ValidityEnd, Version, Revoked, QrText);
}
