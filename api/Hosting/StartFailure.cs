using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Actors.Api.Hosting;

/// <summary>Says in one sentence why the server cannot start.</summary>
internal static class StartFailure
{
    public static string Explain(Exception failure)
    {
        var causes = Causes(failure).ToArray();
        if (causes.Any(cause => cause is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }))
        {
            return $"{OneLine(failure.Message).TrimEnd('.')}: another program listens there; choose another address by --urls.";
        }

        return causes.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode switch
        {
            SocketError.AccessDenied => "The address may not be used by this user: ports below 1024 need rights; choose another one by --urls.",
            SocketError.AddressNotAvailable => "The address does not belong to this machine: choose another one by --urls.",
            _ => OneLine(failure.Message),
        };
    }

    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
