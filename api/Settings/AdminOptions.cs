using Actors.Silo.Settings;

namespace Actors.Api.Settings;

/// <summary>The first way in.</summary>
internal sealed class AdminOptions : ISettings
{
    public const int MinTokenLength = 16;

    /// <inheritdoc/>
    public static string Section => "Admin";

    /// <summary>The first admin token. Default: one is made at the first start and kept in the data folder.</summary>
    public string? Token { get; set; }

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        if (Token is not null && (Token.Length < MinTokenLength || !Token.All(c => char.IsAsciiLetterOrDigit(c) || "-._~+/=".Contains(c, StringComparison.Ordinal))))
        {
            yield return $"Admin:Token must have at least {MinTokenLength} characters, of letters, digits and -._~+/= only.";
        }
    }
}
