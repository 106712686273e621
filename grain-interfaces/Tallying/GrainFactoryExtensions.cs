using Orleans;

namespace Actors.Tallying;

/// <summary>The only way by which grains of this capability are fetched.</summary>
public static class GrainFactoryExtensions
{
    /// <summary>The campaign of this key.</summary>
    public static ICampaignGrain GetCampaignGrain(this IGrainFactory grains, CampaignKey key) =>
        grains.GetGrain<ICampaignGrain>(key.ToString());

    /// <summary>The certificate of this key.</summary>
    public static ICertificateGrain GetCertificateGrain(this IGrainFactory grains, CertificateKey key) =>
        grains.GetGrain<ICertificateGrain>(key.ToString());

    /// <summary>The reader of this key.</summary>
    public static IReaderGrain GetReaderGrain(this IGrainFactory grains, ReaderKey key) =>
        grains.GetGrain<IReaderGrain>(key.ToString());

    /// <summary>The directory of a campaign's readers.</summary>
    public static IReaderDirectoryGrain GetReaderDirectoryGrain(this IGrainFactory grains, CampaignKey key) =>
        grains.GetGrain<IReaderDirectoryGrain>(key.ToString());
}
