using Orleans.Runtime;

namespace Actors.Api.Problems;

/// <summary>Failures of storage or grains, not of the request: they are told as 503 wherever they end up.</summary>
internal static class Outages
{
    /// <summary>What says nothing of the request: it may be sent again.</summary>
    public static bool Include(Exception failure) =>
        failure is (IOException and not BadHttpRequestException) or TimeoutException or OrleansException;
}
