namespace Actors.Silo.Settings;

/// <summary>A section of the settings: a class with defaults, read once at start, injected as <c>IOptions&lt;T&gt;</c>.</summary>
public interface ISettings
{
    /// <summary>The name of the section.</summary>
    static abstract string Section { get; }

    /// <summary>Whether the setting is known without its section as well: a name that scripts of another program set.</summary>
    static virtual bool IsBare(string name) => false;

    /// <summary>What is wrong with the values, one sentence each; every sentence names the setting.</summary>
    IEnumerable<string> Refusals() => [];
}
