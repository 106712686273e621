using System.Globalization;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The stable name of a grain class's type.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    private readonly GrainType _type = GrainType.Create(grainType);

    /// <summary>The type that the attribute gives the class.</summary>
    public GrainType GetGrainType(IServiceProvider services, Type type) => _type;
}

/// <summary>How long an activation of this class may be idle before it is collected. Default: 15 minutes.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest limit.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    public CollectionAgeLimitAttribute()
    {
    }

    public CollectionAgeLimitAttribute(string inactivityPeriod) =>
        Minutes = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture).TotalMinutes;

    public double Days { get; set; }

    public double Hours { get; set; }

    public double Minutes { get; set; }

    /// <summary>Whether it is never collected.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The sum of the parts.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            if (AlwaysActive)
            {
                return TimeSpan.MaxValue;
            }

            var sum = TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return sum < MinAgeLimit ? MinAgeLimit : sum;
        }
    }
}
