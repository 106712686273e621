namespace Actors.Silo.Settings;

/// <summary>A section of the settings: a class with defaults, read once at start, injected as <c>IOptions&lt;T&gt;</c>.</summary>
public interface ISettings
{
    /// <summary>The name of the section.</summary>
    static abstract string Section { get; }

    /// <summary>What is wrong with the values, one sentence each; every sentence names the setting.</summary>
    IEnumerable<string> Refusals() => [];
}
