using Actors.Api.Hosting;
using Actors.Api.Settings;
using Actors.Silo.Settings;

namespace Actors.Api.Auth;

/// <summary>The first way in: made at the first start and kept in the data folder, or given by the settings.</summary>
internal sealed class AdminToken(TokenService tokens, DataOptions data, AdminOptions admin)
{
    public const string Name = "admin";
    private const string FileName = "admin-token";

    /// <summary>What to tell the person who started the server, or null when there is nothing new.</summary>
    public async Task<string?> EnsureAsync(CancellationToken cancellationToken)
    {
        if (admin.Token is { } given)
        {
            await tokens.EnsureAdminAsync(given, cancellationToken);
            return null;
        }

        if (await tokens.HasAdminAsync(cancellationToken))
        {
            return null;
        }

        var secret = TokenSecret.Create();
        var path = Path.Combine(data.FullPath, FileName);
        // on disk before it counts: a token that nobody knows would lock everybody out; under a name of its own, since
        // another process that makes one at the same moment may keep its token in the same folder
        var draft = $"{path}.{Environment.ProcessId}";
        OwnerFile.Write(draft, secret + "\n");
        if (!await tokens.CreateFirstAdminAsync(secret, cancellationToken))
        {
            File.Delete(draft);
            return null;
        }

        File.Move(draft, path, overwrite: true);

        return $"The admin token, shown this once and kept in {path}:\n  {secret}";
    }
}
