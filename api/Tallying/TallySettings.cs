using Actors.Silo.Settings;
using Actors.Tallying;

namespace Actors.Api.Tallying;

/// <summary>The settings of tallying, checked by their names and types with all others.</summary>
internal sealed class TallySettings : TallyingOptions, ISettings
{
    /// <inheritdoc/>
    static string ISettings.Section => Section;
}
