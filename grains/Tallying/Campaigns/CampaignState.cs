using Orleans;

namespace Actors.Tallying.Campaigns;

/// <summary>A campaign, as stored.</summary>
[GenerateSerializer, Alias("actors.tallying.campaign-state")]
internal sealed class CampaignState
{
    /// <summary>Keys of a campaign at most: readers carry them all.</summary>
    public const int MaxKeys = 16;

    [Id(0)]
    public string Name { get; set; } = "";

    /// <summary>The newest last; it signs.</summary>
    [Id(1)]
    public List<StoredKey> Keys { get; set; } = [];

    /// <summary>How many may be inside at most, or null.</summary>
    [Id(2)]
    public int? Capacity { get; set; }

    public CampaignInfo Describe(string slug) =>
        new(slug, Name, [.. Keys.Select(key => new SigningKeyInfo(key.KeyId, key.X, key.Y, key.CreatedAt))], Capacity);
}

/// <summary>A signing key, as stored.</summary>
[GenerateSerializer, Alias("actors.tallying.stored-key")]
internal sealed class StoredKey
{
    /// <summary>The private key, PKCS#8.</summary>
    [Id(0)]
    public byte[] PrivateKey { get; set; } = [];

    [Id(1)]
    public string KeyId { get; set; } = "";

    [Id(2)]
    public string X { get; set; } = "";

    [Id(3)]
    public string Y { get; set; } = "";

    [Id(4)]
    public DateTimeOffset CreatedAt { get; set; }
}
