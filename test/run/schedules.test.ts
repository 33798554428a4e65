import { testSchedules } from './schedules/suite.ts';

testSchedules(0, 2);
