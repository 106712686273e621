using Actors.Printing;
using Actors.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Printing;

/// <summary>The settings of printing, checked by their names and types with all others; print-api's are taken bare as well (<c>MAX_SIZE=…</c>), as its clients set them.</summary>
public sealed class PrintSettings : PrintingOptions, ISettings
{
    /// <inheritdoc/>
    static string ISettings.Section => Section;

    /// <inheritdoc/>
    static bool ISettings.IsBare(string name) => name.All(character => character is '_' || char.IsAsciiLetterUpper(character));

    /// <inheritdoc/>
    public IEnumerable<string> Refusals()
    {
        if (ContentTypes.Any(type => !type.Contains('/', StringComparison.Ordinal)))
        {
            yield return "Print:CONTENT_TYPES has what is no type of content, such as application/pdf.";
        }

        if (StaticFolder is { } folder && StaticPath is { } path && folder != path)
        {
            yield return "Print:STATIC_FOLDER and Print:STATIC_PATH are two names of one setting, but differ.";
        }

        if (PinSymbols.Distinct().Count() < PinSymbols.Length || QrTokenSymbols.Distinct().Count() < QrTokenSymbols.Length)
        {
            yield return "Print:PIN_SYMBOLS and Print:QR_TOKEN_SYMBOLS must not name a symbol twice.";
        }
    }

    /// <summary>Has everything that asks for the options get these, which were judged with all other settings; the framework's binder throws at one without a value.</summary>
    public static void Use(IServiceCollection services)
    {
        services.RemoveAll<IConfigureOptions<PrintingOptions>>();
        services.AddSingleton<IOptions<PrintingOptions>>(provider => provider.GetRequiredService<IOptions<PrintSettings>>());
    }
}
