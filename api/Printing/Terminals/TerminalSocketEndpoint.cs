using System.Security.Cryptography;
using System.Text;
using Actors.Api.Auth;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Api.Printing.Terminals;

/// <summary>Takes the websocket of a terminal (RFC 6455, section 4.2).</summary>
internal static class TerminalSocketEndpoint
{
    private const string Version = "13";
    private const string Magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    public static async Task<IResult> RunAsync(HttpContext http, TerminalSockets sockets, TimeProvider time)
    {
        if (Accept(http) is not { } accept || http.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } upgrade)
        {
            http.Response.Headers.Upgrade = "websocket";
            http.Response.Headers.SecWebSocketVersion = Version;
            return PrintRefusals.UpgradeRequired.ToResult();
        }

        http.Response.Headers.Upgrade = "websocket";
        http.Response.Headers.Connection = "Upgrade";
        http.Response.Headers.SecWebSocketAccept = accept;
        await using var stream = new HeardStream(await upgrade.UpgradeAsync(), time);
        if (http.User.Identity?.IsAuthenticated != true)
        {
            await sockets.RefuseAsync(stream, TerminalFrames.NotAuthenticated);
        }
        else if (!Caller.HasScope(http.User, Scopes.PrintQrTaskGet))
        {
            await sockets.RefuseAsync(stream, TerminalFrames.Unauthorized);
        }
        else
        {
            await sockets.RunAsync(Caller.IdOf(http.User)!, stream, http.RequestAborted);
        }

        return Results.Empty;
    }

    private static string? Accept(HttpContext http)
    {
        var headers = http.Request.Headers;
        Span<byte> key = stackalloc byte[KeyBytes + 2];
        return headers.Upgrade.Any(value => value?.Contains("websocket", StringComparison.OrdinalIgnoreCase) == true)
            && headers.SecWebSocketVersion == Version
            && headers.SecWebSocketKey is [{ Length: 24 } text]
            && Convert.TryFromBase64String(text, key, out var length) && length == KeyBytes
#pragma warning disable CA5350 // the handshake's own hash: it protects nothing
                ? Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(text + Magic)))
#pragma warning restore CA5350
                : null;
    }
}
