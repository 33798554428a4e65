import { testSchedules } from './schedules/suite.ts';

testSchedules(1, 2);
